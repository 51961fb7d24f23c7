import type { ByteWriter } from "../../core/byte-writer.js";
import { createDoubles } from "./doubles.js";
import { createGeneral, TooDeep } from "./general.js";
import { createNumbers, SHORT, type WriteNumber } from "./numbers.js";
import { createStaging, type Staging } from "./staging.js";
import { createStrings } from "./strings.js";

/** Writes a fact's JSON, byte for byte what `JSON.stringify` gives, in UTF-8. */
export type WriteFact = (fact: unknown, out: ByteWriter) => void;

/** Writes into staging; returns the position behind the fact, or −1 if JSON has no word for it. */
export type CompiledWriter = (position: number, fact: unknown) => number;

/** What compiled code works with; its fields are the names that `writerSource` uses. */
export interface WriterRuntime {
  readonly staging: Staging;
  readonly names: object;
}

export function createWriterRuntime(staging = createStaging()): WriterRuntime {
  // Made for the first that is no short number: that takes as long as compiling a schema.
  let double: WriteNumber | undefined;
  const number = createNumbers(staging, (p, value) =>
    (double ??= createDoubles(staging))(p, value),
  );
  const string = createStrings(staging);
  const { bytes, view, limit, flush } = staging;
  return {
    staging,
    names: {
      ...createGeneral(staging, number, string),
      ...{ bytes, view, limit, flush, number, string },
      // oxlint-disable-next-line typescript/unbound-method
      hasOwn: Object.prototype.hasOwnProperty,
      keysOf: Object.keys,
      isArray: Array.isArray,
      shorts: SHORT,
    },
  };
}

let busy = false;

/** Puts a compiled function between opening and closing its staging. */
export function bindWriter(write: CompiledWriter, { staging }: WriterRuntime): WriteFact {
  return (fact, out) => {
    // A toJSON that encodes finds the staging in use, and inherited keys are nothing for loops.
    if (busy || hasInheritedKeys()) return writeNatively(fact, out);
    busy = true;
    const start = out.position;
    try {
      const position = write(staging.open(out), fact);
      if (position < 0) throw new TypeError("JSON has no word for this fact");
      staging.close(position);
    } catch (error) {
      out.position = start;
      if (!(error instanceof TooDeep)) throw error;
      writeNatively(fact, out);
    } finally {
      busy = false;
    }
  };
}

function hasInheritedKeys(): boolean {
  // oxlint-disable-next-line guard-for-in
  for (const _ in {}) return true;
  return false;
}

export function writeNatively(fact: unknown, out: ByteWriter): void {
  const text = JSON.stringify(fact) as string | undefined;
  if (text === undefined) throw new TypeError("JSON has no word for this fact");
  out.utf8(text);
}
