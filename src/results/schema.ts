/** What the definitions of result documents are made of. */
import { Type, type Static, type TSchema } from "../core/typebox.js";

export const object = <P extends Record<string, TSchema>>(properties: P) => Type.Object(properties);
export const nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
export const oneOf = <const T extends string>(...names: T[]) =>
  Type.Unsafe<T>({ type: "string", enum: names });
/** No machine counts further, and sums and products of such numbers are numbers still. */
const MAX_AMOUNT = 1e18;
export const Amount = Type.Number({ minimum: 0, maximum: MAX_AMOUNT });
/** What may be below zero: a change, a share that was lost. */
export const Signed = Type.Number({ minimum: -MAX_AMOUNT, maximum: MAX_AMOUNT });
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
