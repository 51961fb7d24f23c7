import type { JsonSchema } from "../../core/json-schema.js";
import { planOf, type Plan } from "../plan.js";
import { fasterOf } from "./choice.js";
import { createReaderRuntime, Unfit, type ReaderRuntime } from "./runtime.js";
import { ReaderSource, type Wanted } from "./source.js";

export interface Reader {
  /** The fact in UTF-8 `bytes`. Throws what `JSON.parse` throws where they are no JSON. */
  readonly read: (bytes: Uint8Array) => unknown;
  /** The values at `paths`; `undefined` where one leads nowhere. Rejects what `read` rejects. */
  readonly project: (bytes: Uint8Array, paths: readonly Path[]) => unknown[];
}

type Path = readonly (string | number)[];
type Compiled = (places: unknown[]) => () => unknown;

/** After so many facts of which most did not fit, compiled code is not tried any more. */
const TRIALS = 64;

/** Shared by all readers of the process: none is open across calls. */
let shared: ReaderRuntime | undefined;

/** A reader for compact JSON of `schema`; any other JSON is read by `JSON.parse`. */
export function compileReader(schema: JsonSchema): Reader {
  const plan = planOf(schema);
  const runtime = (shared ??= createReaderRuntime());
  let read: Compiled | undefined;
  const projections = new WeakMap<readonly Path[], Compiled>();
  let tried = 0;
  let unfit = 0;

  function attempt(bytes: Uint8Array, compiled: Compiled, places: unknown[]): unknown {
    if (unfit * 2 > tried && tried >= TRIALS) throw GIVEN_UP;
    tried++;
    try {
      runtime.start(bytes);
      const value = compiled(places)();
      runtime.end();
      return value;
    } catch (error) {
      unfit++;
      throw error;
    }
  }

  function readCompiled(bytes: Uint8Array): unknown {
    try {
      return attempt(bytes, (read ??= compileRead(plan, runtime)), []);
    } catch {
      return parse(bytes);
    }
  }

  return {
    read: fasterOf(readCompiled, parse),
    project: (bytes, paths) => {
      let compiled = projections.get(paths);
      if (compiled === undefined) {
        compiled = compileProjection(plan, paths, runtime);
        projections.set(paths, compiled);
      }
      const places: unknown[] = Array.from({ length: paths.length });
      try {
        attempt(bytes, compiled, places);
        return places;
      } catch {
        const fact = parse(bytes);
        return paths.map((path) => path.reduce<unknown>(stepInto, fact));
      }
    },
  };
}

/** What is the same step whether it comes as a number or as a string. */
const INDEX = /^(?:0|[1-9]\d{0,8})$/;

const GIVEN_UP = new Unfit("given up");

function parse(bytes: Uint8Array): unknown {
  return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString());
}

function stepInto(value: unknown, step: string | number): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, step)
    ? (value as Record<string | number, unknown>)[step]
    : undefined;
}

function compileRead(plan: Plan, runtime: ReaderRuntime): Compiled {
  const source = new ReaderSource();
  const root = source.value(plan, "read");
  return evaluate(source.text(root.slice(0, -2)), runtime);
}

function compileProjection(plan: Plan, paths: readonly Path[], runtime: ReaderRuntime): Compiled {
  const wanted: Wanted = { places: [], below: new Map() };
  paths.forEach((path, place) => {
    let at = wanted;
    for (const given of path) {
      const step = INDEX.test(String(given)) ? Number(given) : given;
      let next = at.below.get(step);
      if (next === undefined) at.below.set(step, (next = { places: [], below: new Map() }));
      at = next;
    }
    at.places.push(place);
  });
  const source = new ReaderSource();
  const root = source.wanted(plan, wanted);
  return evaluate(source.text(root.slice(0, -2)), runtime);
}

function evaluate(text: string, runtime: ReaderRuntime): Compiled {
  // What comes of a schema are numbers and escaped literals.
  // oxlint-disable-next-line typescript/no-implied-eval
  return (new Function("runtime", text) as (runtime: ReaderRuntime) => Compiled)(runtime);
}
