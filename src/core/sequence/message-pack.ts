/** What codecs of plain MessagePack have in common, whose files each other can read. */
import type { Fact } from "../fact.js";
import { sequenceOf, STRETCH_BYTES } from "../sequence.js";

/** What of msgpackr's `Unpackr` reads values that stand behind one another. */
export interface UnpacksMultiple {
  unpack(bytes: Uint8Array): unknown;
  unpackMultiple(
    bytes: Uint8Array,
    forEach: (value: unknown, start?: number, end?: number) => boolean | void,
  ): unknown;
}

/** How facts of plain MessagePack are read: one alone, and some from the start of many. */
export function readingOf(unpackr: UnpacksMultiple) {
  return {
    ...sequenceOf((bytes) => {
      const facts: Fact[] = [];
      let end = 0;
      unpackr.unpackMultiple(bytes, (fact, _, position) => {
        if (typeof fact !== "object" || fact === null) throw new Error("one is no object");
        facts.push(fact as Fact);
        end = position ?? bytes.length;
        return end < STRETCH_BYTES;
      });
      return { facts, end };
    }),
    decode: (bytes: Uint8Array) => unpackr.unpack(bytes) as Fact,
  };
}

/** What they say of themselves. */
export const PLAIN_MESSAGE_PACK = {
  format: "msgpack",
  fileExtension: "msgpack",
  framing: "length-delimited",
  layout: "row",
  needsSchema: false,
  losses: ["negative-zero", "lone-surrogate", "proto-key"],
  abilities: ["encode", "decode"],
} as const;
