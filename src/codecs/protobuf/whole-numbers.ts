import protobuf from "protobufjs";
import { InputError } from "../../core/errors.js";
import { formatPath, type Fact, type Path } from "../../core/fact.js";

/** A number that 64 bits do not hold; the library would write another one without a word. */
class Oversized extends Error {
  constructor(readonly value: unknown) {
    super();
  }
}

/** A writer that refuses such numbers. Only fields of 64 bits are looked at. */
export function checkedWriter(): protobuf.Writer {
  const writer = protobuf.Writer.create();
  const [sint64, uint64] = [writer.sint64.bind(writer), writer.uint64.bind(writer)];
  writer.sint64 = (value) => {
    if (!(Number(value) >= -(2 ** 63) && Number(value) < 2 ** 63)) throw new Oversized(value);
    return sint64(value);
  };
  writer.uint64 = (value) => {
    if (!(Number(value) >= 0 && Number(value) < 2 ** 64)) throw new Oversized(value);
    return uint64(value);
  };
  return writer;
}

/** What to say of a failed encode: which field of the fact has a number that does not fit. */
export function explained(error: unknown, fact: Fact): unknown {
  if (!(error instanceof Oversized)) return error;
  const place = formatPath(pathTo(error.value, fact) ?? []) || "a field";
  return new InputError(`${place}: ${String(error.value)} is no whole number of its 64 bits`);
}

/** Where a value first stands inside of another. */
function pathTo(wanted: unknown, value: unknown): Path | undefined {
  if (Object.is(wanted, value)) return [];
  if (typeof value !== "object" || value === null) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    const rest = pathTo(wanted, inner);
    if (rest !== undefined) return [Array.isArray(value) ? Number(key) : key, ...rest];
  }
  return undefined;
}
