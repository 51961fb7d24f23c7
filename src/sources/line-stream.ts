import { InputError } from "../core/errors.js";
import type { FactCheck } from "../core/fact.js";
import type { OnReject, RangedSource } from "../core/ranged-source.js";
import { isBlank, readLines } from "./lines.js";
import { factOrReject } from "./parse-fact.js";

/**
 * The facts of NDJSON that can only be read from its start, gzipped or not: a file, or `-` for
 * standard input. Positions count lines that are not blank. Ranges must be asked for in order.
 *
 * Throws an `InputError` naming the file, the line and the byte of what is no fact.
 */
export function lineStream(path: string, onReject?: OnReject, check?: FactCheck): RangedSource {
  const lines = readLines(path);
  let position = 0;
  let ended = false;
  return {
    get position() {
      return position;
    },
    get ended() {
      return ended;
    },
    async *facts(from, to) {
      while (position < to) {
        const { value: line, done } = await lines.next();
        if (done === true) {
          if (position < from) throw tooShort(path, position, from);
          ended = true;
          return;
        }
        if (isBlank(line)) continue;
        position += 1;
        if (position > from) yield factOrReject(path, line, onReject, () => line.line, check);
      }
    },
  };
}

function tooShort(path: string, lines: number, wanted: number): InputError {
  return new InputError(
    `${path} ends after ${lines} lines, and ${wanted} of it were read before. Give the same again.`,
  );
}
