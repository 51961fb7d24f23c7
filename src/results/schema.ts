/** What the definitions of result documents are made of. */
import { Type, type TSchema } from "typebox";

export const object = <P extends Record<string, TSchema>>(properties: P) => Type.Object(properties);
export const nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
export const oneOf = <const T extends string>(...names: T[]) =>
  Type.Unsafe<T>({ type: "string", enum: names });
export const Amount = Type.Number({ minimum: 0 });
export const Strings = Type.Array(Type.String());
