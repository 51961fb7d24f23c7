import type { Path } from "../../core/fact.js";
import type { JsonSchema } from "../../core/json-schema.js";
import { fasterOf } from "../choice.js";
import { INPUT } from "./layout.js";
import { createParser, UNFIT, type Parser } from "./parser.js";
import { createProject, stepInto, type Project } from "./project.js";
import { createTape, TAPE_START, type Tape } from "./tape.js";

export interface Reader {
  /** The fact in UTF-8 `bytes`. Throws what `JSON.parse` throws where they are no JSON. */
  readonly read: (bytes: Uint8Array) => unknown;
  /** The values at `paths`; `undefined` where one leads nowhere. Rejects what `read` rejects. */
  readonly project: (bytes: Uint8Array, paths: readonly Path[]) => unknown[];
}

/** After so many facts of which most did not fit, the parser is not tried any more. */
const TRIALS = 64;

interface Shared {
  readonly parser: Parser;
  readonly tape: Tape;
  /** Counts how often all keys were forgotten. */
  generation: number;
}

/** One for all readers of the process: none is open across calls. */
let shared: Shared | undefined;

function open(): Shared {
  const parser = createParser();
  return { parser, tape: createTape(parser), generation: 0 };
}

/**
 * A reader for compact JSON; any other JSON is read by `JSON.parse`, and all where that turns out to be
 * faster. What a schema would tell it learns from the facts, so that none is needed.
 */
export const compileReader: (schema?: JsonSchema) => Reader = () => {
  const { readCompiled, project } = readersOf();
  return { read: fasterOf(readCompiled, parse), project };
};

/** The same without a choice: it reads by compiled code as long as that fits. */
export function readersOf(): Reader & { readonly readCompiled: Reader["read"] } {
  let projections = new WeakMap<readonly Path[], Project>();
  let tried = 0;
  let unfit = 0;
  let context = 0;
  let generation = -1;

  /** Lets the parser try; throws where it is not for these bytes. */
  function attempt<Result>(work: (all: Shared) => Result): Result {
    if (unfit * 2 > tried && tried >= TRIALS) throw UNFIT;
    tried++;
    const all = (shared ??= open());
    try {
      if (all.parser.isFull()) forget(all);
      if (generation !== all.generation) {
        context = all.parser.newNode();
        projections = new WeakMap();
        ({ generation } = all);
      }
      return work(all);
    } catch (error) {
      unfit++;
      all.parser.forgetStrings();
      throw error;
    }
  }

  function compiled(bytes: Uint8Array): unknown {
    return attempt(({ parser, tape }) => {
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
        attempt(({ parser, tape }) => {
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

function forget(all: Shared): void {
  all.parser.forgetKeys();
  all.parser.forgetStrings();
  all.tape.forget();
  all.generation++;
}

export function parse(bytes: Uint8Array): unknown {
  return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString());
}
