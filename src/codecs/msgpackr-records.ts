import { pack, Packr, RESET_BUFFER_MODE, unpack, Unpackr } from "msgpackr";
import type { Codec } from "../core/codec.js";
import type { Fact } from "../core/fact.js";
import type { JsonSchema } from "../core/json-schema.js";

/** The key lists that records refer to by number; msgpackr adds to it as it encodes. */
type Structures = string[][];

/**
 * Twice the maintainers' default, which is as many as one byte can refer to: a hell fact has forty
 * structures, and one that is not shared is spelled out in every fact.
 */
const MAX_SHARED_STRUCTURES = 64;

/** MessagePack with msgpackr's record extension: keys are stored once, beside the file. */
const codec: Codec = {
  name: "msgpackr-records",
  format: "msgpack-records",
  fileExtension: "msgpackr",
  framing: "length-delimited",
  layout: "row",
  needsSchema: false,
  npmPackage: "msgpackr",
  mode:
    `up to ${MAX_SHARED_STRUCTURES} shared structures, stored beside the file; ` +
    "objects whose keys are data stay maps; the packer's buffer is reused",
  losses: ["negative-zero", "lone-surrogate", "proto-key"],
  abilities: ["encode", "decode"],
  sidecarExtension: "structures",
  open: ({ schema, sidecar }) => {
    let structures: Structures =
      sidecar === undefined ? [] : (unpack(Buffer.from(sidecar)) as Structures);
    // Given by function, because structures past the 32nd are understood in no other way.
    const options = {
      maxSharedStructures: MAX_SHARED_STRUCTURES,
      mapsAsObjects: true,
      getStructures: () => structures,
    };
    const packr = new Packr({
      ...options,
      useRecords: recordTest(schema),
      saveStructures: (learned) => {
        structures = learned as Structures;
      },
    });
    const unpackr = new Unpackr(options);
    return {
      encode: (fact, out) => out.bytes(packr.pack(fact, RESET_BUFFER_MODE)),
      decode: (bytes) => unpackr.unpack(bytes) as Fact,
      sidecar: () => pack(structures.map((keys) => [...keys])),
    };
  },
};

/**
 * Tells records, whose keys are the schema's, from maps, whose keys are data: a map taken for a
 * record would cost a structure of its own each time. Judged by the first key alone, which the
 * schema knows; without a schema, keys that start with a digit are data. A wrong guess costs
 * time and bytes, never content.
 */
function recordTest(schema: JsonSchema | undefined): (object: object) => boolean {
  const known = schema === undefined ? undefined : new Set(firstKeys(schema));
  return (object) => {
    for (const key in object) {
      return known === undefined ? !startsWithDigit(key) : known.has(key);
    }
    return true;
  };
}

/** The keys that can come first in some object of the schema. */
function* firstKeys(schema: JsonSchema | boolean): Iterable<string> {
  if (typeof schema === "boolean") return;
  const { properties = {}, required = [], additionalProperties = false, items = false } = schema;
  for (const key of Object.keys(properties)) {
    yield key;
    if (required.includes(key)) break;
  }
  const inside = [additionalProperties, items, ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])];
  for (const one of [...Object.values(properties), ...inside]) yield* firstKeys(one);
}

function startsWithDigit(key: string): boolean {
  const unit = key.charCodeAt(0);
  return unit >= 48 && unit <= 57;
}

export default codec;
