/** What is shown of a schema's paths, the most surprising first, with siblings that are alike in one row. */
import type { InferenceDocument } from "../document.js";

type InferredPath = InferenceDocument["paths"][number];

/** One path, or several siblings. */
export interface InferredRow extends InferredPath {
  /** How many paths it stands for. */
  readonly paths: number;
  /** Of several: the greatest of their shares; `share` is the least. */
  readonly mostShare: number;
  readonly surprise: Surprise;
}

/** What makes a path worth a look, the most of it first. */
export const SURPRISES = [
  "unsure whether keys are data",
  "of several types",
  "integers over 2^53",
  "only null",
  "sometimes missing",
  "a guess",
  "regular",
] as const;

type Surprise = (typeof SURPRISES)[number];

/** Siblings are shown together from so many on. */
const ALIKE = 6;

export function rowsOf(paths: readonly InferredPath[]): InferredRow[] {
  const parents = new Set(paths.map(({ path }) => parentOf(path)));
  const groups = new Map<string, InferredPath[]>();
  for (const one of paths) {
    const name = parents.has(one.path) ? `the one ${one.path}` : likenessOf(one);
    groups.set(name, [...(groups.get(name) ?? []), one]);
  }
  return [...groups.values()]
    .flatMap((group) =>
      group.length < ALIKE ? group.map((one) => together([one])) : together(group),
    )
    .toSorted((a, b) => SURPRISES.indexOf(a.surprise) - SURPRISES.indexOf(b.surprise));
}

/** What siblings must have in common; the ranges of integers may differ. */
function likenessOf(one: InferredPath): string {
  return [
    parentOf(one.path),
    one.type.replaceAll(RANGE, "integer"),
    one.note,
    surpriseOf(one),
  ].join("\n");
}

const RANGE = /integer (-?\d+) to (-?\d+)/g;
const LAST_STEP = /(?:\[\]|\{\}|\["(?:[^"\\]|\\.)*"\]|\.?[^.[\]{}]+)$/;

function parentOf(path: string): string {
  return path.replace(LAST_STEP, "");
}

function together(group: readonly InferredPath[]): InferredRow {
  const [first] = group as [InferredPath];
  const shares = group.map(({ share }) => share);
  const parent = parentOf(first.path);
  const path =
    group.length === 1 ? first.path : `${parent}${parent === "" ? "" : "."}{${group.length} keys}`;
  return {
    ...first,
    path,
    type: group.length === 1 ? first.type : first.type.replaceAll(RANGE, rangeOf(group)),
    facts: Math.max(...group.map(({ facts }) => facts)),
    values: group.reduce((sum, { values }) => sum + values, 0),
    share: Math.min(...shares),
    mostShare: Math.max(...shares),
    paths: group.length,
    surprise: surpriseOf(first),
  };
}

function rangeOf(group: readonly InferredPath[]): string {
  const bounds = group.flatMap(({ type }) =>
    [...type.matchAll(RANGE)].flatMap(([, least, most]) => [Number(least), Number(most)]),
  );
  return `integer ${Math.min(...bounds)} to ${Math.max(...bounds)}`;
}

function surpriseOf({ note, type, share, unsure }: InferredPath): Surprise {
  if (unsure === true) return "unsure whether keys are data";
  if (note.includes("of several types")) return "of several types";
  if (note.includes("2^53")) return "integers over 2^53";
  if (type === "null") return "only null";
  if (share < 1) return "sometimes missing";
  return note === "" ? "regular" : "a guess";
}
