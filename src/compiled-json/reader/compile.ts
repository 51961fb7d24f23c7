import type { Path } from "../../core/fact.js";
import type { JsonSchema } from "../../core/json-schema.js";
import { Election, fasterOf } from "../choice.js";
import { Attempts } from "./attempts.js";
import { INPUT } from "./layout.js";
import { UNFIT } from "./parser.js";
import { createProject, stepInto, type Project } from "./project.js";
import { TAPE_START } from "./tape.js";

export interface Reader {
  /** The fact in UTF-8 `bytes`. Throws what `JSON.parse` throws where they are no JSON. */
  readonly read: (bytes: Uint8Array) => unknown;
  /** The values at `paths`; `undefined` where one leads nowhere. Rejects what `read` rejects. */
  readonly project: (bytes: Uint8Array, paths: readonly Path[]) => unknown[];
  /** Whether it has found out whether its own way to read is the faster one, or has not been asked to read yet. */
  readonly isSettled: () => boolean;
}

/**
 * So many bytes are read by `JSON.parse` before the parser is opened, which takes as long, and functions
 * for its objects are compiled.
 */
const NATIVE_BYTES = 1_000_000;

/**
 * A reader for compact JSON; any other JSON is read by `JSON.parse`, and so are the first facts, and all
 * where that turns out to be faster. What a schema would tell it learns from the facts, so that none is
 * needed.
 */
export const compileReader: (schema?: JsonSchema) => Reader = () => {
  const { readCompiled, project } = readersOf();
  const election = new Election(true);
  let native = NATIVE_BYTES;
  function read(bytes: Uint8Array): unknown {
    if (native <= 0) return readCompiled(bytes);
    native -= bytes.length;
    return parse(bytes);
  }
  return {
    read: fasterOf(read, parse, election),
    project,
    isSettled: () => election.isSettled,
  };
};

/** The same without a choice: it reads by compiled code as long as that fits. */
export function readersOf(): Omit<Reader, "isSettled"> & { readonly readCompiled: Reader["read"] } {
  const attempts = new Attempts();
  let projections = new WeakMap<readonly Path[], Project>();
  let projected = -1;

  function compiled(bytes: Uint8Array): unknown {
    return attempts.attempt(({ parser, tape }, context) => {
      const end = parser.load(bytes);
      if (parser.read(INPUT, context) !== end) throw UNFIT;
      return tape.value(TAPE_START);
    });
  }

  function readCompiled(bytes: Uint8Array): unknown {
    try {
      return compiled(bytes);
    } catch {
      return parse(bytes);
    }
  }

  return {
    readCompiled,
    read: readCompiled,
    project: (bytes, paths) => {
      const answer: unknown[] = Array.from({ length: paths.length });
      try {
        attempts.attempt(({ parser, tape }, context, generation) => {
          if (projected !== generation) projections = new WeakMap();
          projected = generation;
          let one = projections.get(paths);
          if (one === undefined) {
            projections.set(paths, (one = createProject(parser, tape, paths)));
          }
          one(bytes, context, answer);
        });
        return answer;
      } catch {
        const fact = parse(bytes);
        return paths.map((path) => path.reduce<unknown>(stepInto, fact));
      }
    },
  };
}

export function parse(bytes: Uint8Array): unknown {
  return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString());
}
