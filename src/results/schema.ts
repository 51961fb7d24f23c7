/** What the definitions of result documents are made of. */
import { Type, type Static, type TSchema } from "typebox";

export const object = <P extends Record<string, TSchema>>(properties: P) => Type.Object(properties);
export const nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
export const oneOf = <const T extends string>(...names: T[]) =>
  Type.Unsafe<T>({ type: "string", enum: names });
export const Amount = Type.Number({ minimum: 0 });
export const Strings = Type.Array(Type.String());
/** A median with its 95 % interval; `high` is `null` where nothing is known of it. */
export const Interval = object({ median: Amount, low: Amount, high: nullable(Amount) });

/** An interval as documents have it: JSON has no infinity. */
export function storedInterval({
  median,
  low,
  high,
}: {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}): Static<typeof Interval> {
  return { median, low, high: Number.isFinite(high) ? high : null };
}
