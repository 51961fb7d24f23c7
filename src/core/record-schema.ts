import { Type, type TSchema } from "./typebox.js";

/** Values under any keys. TypeBox's own pattern takes no key with a line end in it, whose value nobody would look at. */
export const record = <const Value extends TSchema>(value: Value) =>
  Type.Record(Type.String({ pattern: "^[\\s\\S]*$" }), value);
