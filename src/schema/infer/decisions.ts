/** What a person has decided about objects: which of them are maps, and which records. */
import { InputError } from "../../core/errors.js";

/** Paths as `hellfact infer` shows them: `experiments`, `players[].items`, `byDay{}.counts`, `.` for the fact. */
export interface Decisions {
  readonly maps: readonly string[];
  readonly records: readonly string[];
}

export const NO_DECISIONS: Decisions = { maps: [], records: [] };

/** Decisions as a tree beside that of the tallies. */
export interface Decided {
  as?: "map" | "record";
  readonly path: string;
  readonly keys: Map<string, Decided>;
  items?: Decided;
  entries?: Decided;
  /** Whether it comes from an earlier schema: then facts need not have it, and a newer word counts. */
  isOld?: boolean;
  /** Whether objects were seen there. */
  met: boolean;
}

/**
 * Throws an `InputError` for a path that says nothing, or that is to be both.
 *
 * @param old decisions of an earlier schema
 */
export function decisionTree(decisions: Decisions, old: Decisions): Decided {
  const root = node("");
  add(root, old, true);
  add(root, decisions, false);
  return root;
}

function add(root: Decided, { maps, records }: Decisions, isOld: boolean): void {
  for (const [paths, as] of [
    [maps, "map"],
    [records, "record"],
  ] as const) {
    for (const path of paths) {
      const place = placed(root, path, as);
      if (place.as !== undefined && place.as !== as && place.isOld === isOld) {
        throw new InputError(`${path} cannot be a map and a record: leave one of them out.`);
      }
      place.as = as;
      place.isOld = isOld;
    }
  }
}

/** Paths with a decision at which no object was seen. */
export function* unmet(place: Decided): Iterable<string> {
  if (place.as !== undefined && !place.met && place.isOld !== true) yield place.path || ".";
  for (const below of place.keys.values()) yield* unmet(below);
  if (place.items !== undefined) yield* unmet(place.items);
  if (place.entries !== undefined) yield* unmet(place.entries);
}

function node(path: string): Decided {
  return { path, keys: new Map(), met: false };
}

const STEP = /^(?:\[\]|\{\}|\[("(?:[^"\\]|\\.)*")\]|\.?([^.[\]{}"]+))/u;

function placed(root: Decided, path: string, as: string): Decided {
  let place = root;
  let rest = path === "." ? "" : path;
  while (rest !== "") {
    const [step = "", quoted, plain] = STEP.exec(rest) ?? [];
    if (step === "") {
      throw new InputError(
        `--${as} ${path}: "${rest}" is no step of a path. Write it as hellfact infer shows it, ` +
          `such as players[].items or byDay{}.counts.`,
      );
    }
    rest = rest.slice(step.length);
    const inside = path.slice(0, path.length - rest.length);
    const key = quoted === undefined ? plain : (JSON.parse(quoted) as string);
    if (key !== undefined) {
      const known = place.keys.get(key) ?? node(inside);
      place.keys.set(key, known);
      place = known;
    } else if (step === "[]") place = place.items ??= node(inside);
    else place = place.entries ??= node(inside);
  }
  return place;
}
