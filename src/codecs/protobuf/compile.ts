import protobuf from "protobufjs";
import { InputError } from "../../core/errors.js";
import { unquotedKey } from "../../schema/proto.js";
import { carryRest, REST } from "./rest.js";
import { standFor } from "./stand-ins.js";

// Without Long, 64-bit integers are read as numbers: exact up to 2⁵³, which is all JSON has.
protobuf.util.Long = undefined as unknown as typeof protobuf.util.Long;
protobuf.configure();
// Its own takes `m.8` for an access to a property.
protobuf.util.safeProp = (key) =>
  /^[A-Za-z_]\w*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
// A value of any depth takes two messages for each level; a hundred, the default, is soon reached.
const DEEPEST = 2000;
Object.assign(protobuf.util, { recursionLimit: DEEPEST });
Object.assign(protobuf.Reader, { recursionLimit: DEEPEST });

/** The first message of a `.proto`, which is the fact, ready to encode and decode plain objects. */
export function compile(proto: string): protobuf.Type {
  const { root } = protobuf.parse(proto, { keepCase: true });
  const namespace = root.lookup("hellfact") as protobuf.Namespace;
  const types = namespace.nestedArray.filter((nested) => nested instanceof protobuf.Type);
  for (const type of types) {
    callFieldsByKeys(type);
    type.ctor = messageClass(type);
  }
  for (const type of types) {
    const standsFor = type.options?.["(stands_for)"] as string | undefined;
    if (standsFor !== undefined) standFor(type, standsFor);
    else carryRest(type);
  }
  const [fact] = types;
  if (fact === undefined) throw new InputError("the .proto has no message");
  return fact;
}

/**
 * The compiled functions read and write properties of the fields' names: those must be the keys. Put
 * in place without `Type.add`, which refuses some of them, such as `$id` and `constructor`.
 */
function callFieldsByKeys({ fields }: protobuf.Type): void {
  const all = Object.values(fields);
  for (const { name } of all) delete fields[name];
  for (const field of all) {
    const key = field.options?.["(key)"] as string | undefined;
    if (field.options?.["(rest)"] === true) field.name = REST;
    else if (key !== undefined) field.name = unquotedKey(key);
    fields[field.name] = field;
  }
}

/**
 * A message class whose new instances have just the fields that JSON would have if nothing came
 * over the wire: nullable ones null, arrays and maps empty unless they may be missing.
 */
function messageClass(type: protobuf.Type): protobuf.Constructor<object> {
  const nullable = type.fieldsArray.filter((field) => field.options?.["(nullable)"] === true);
  const present = type.fieldsArray.filter((field) => field.options?.["(omittable)"] !== true);
  const arrays = present.filter((field) => field.repeated);
  const maps = present.filter((field) => field.map);
  const body = [
    ...nullable.map(({ name }) => `this[${JSON.stringify(name)}] = null;`),
    ...arrays.map(({ name }) => `this[${JSON.stringify(name)}] = [];`),
    ...maps.map(({ name }) => `this[${JSON.stringify(name)}] = {};`),
  ];
  // Compiled from field names, as protobufjs compiles its own constructors, so that each class
  // gets object shapes of its own.
  // oxlint-disable-next-line typescript/no-implied-eval
  return new Function(body.join("\n")) as unknown as protobuf.Constructor<object>;
}
