import { formatPath } from "../../core/fact.js";
import { kindsOf, type Tally } from "./tally.js";

/** How sure an inferred schema is of one path. */
export interface PathCertainty {
  /** `[]` is any element, `{}` the value behind any key: `players[].kills`, `items{}`. */
  readonly path: string;
  /** What was seen, with the range of integers: `integer 0 to 186, null`. */
  readonly type: string;
  /** Facts in which it was seen. */
  readonly facts: number;
  /** Values that were seen. */
  readonly values: number;
  /** In how many of the objects that could have it, it is there; 1 for what is no field. */
  readonly share: number;
  /** What was guessed, and from what; or "". */
  readonly note: string;
  /** Whether the rule is unsure if keys are data. */
  readonly unsure?: true;
}

/** From so few objects nobody can tell whether a field is ever missing. */
const FEW_OBJECTS = 10;

/** Everything that a tally has seen, from the outside in; the fact itself is left out. */
export function* certainties(tally: Tally, path = "", share = 1): Iterable<PathCertainty> {
  const { facts, values } = tally;
  if (path !== "" || tally.entries !== undefined) {
    yield {
      path: path || "the fact",
      type: typeText(tally),
      facts,
      values,
      share,
      note: note(tally),
      ...(tally.judgement?.sure === false && { unsure: true }),
    };
  }
  if (tally.items !== undefined) yield* certainties(tally.items, `${path}[]`);
  if (tally.entries !== undefined) yield* certainties(tally.entries, `${path}{}`);
  for (const [place, key] of tally.keys.entries()) {
    const child = tally.children[place] as Tally;
    const step = formatPath([key]);
    const inside = path === "" || step.startsWith("[") ? `${path}${step}` : `${path}.${step}`;
    yield* certainties(child, inside, child.values / tally.objects);
  }
}

function typeText(tally: Tally): string {
  const { integers, decimals, least, greatest, nulls, values } = tally;
  if (values === 0) return "nothing";
  const names = kindsOf(tally).map((kind) => {
    if (kind === "object") return tally.entries === undefined ? "object" : "map";
    if (kind !== "number" || decimals > 0) return kind;
    return integers > 0 ? `integer ${least} to ${greatest}` : kind;
  });
  return [...names, ...(nulls > 0 ? ["null"] : [])].join(", ");
}

function note(tally: Tally): string {
  const { objects, arrays, integers, decimals, unsafe, nulls, values, keys } = tally;
  const notes: string[] = [];
  const because = tally.judgement?.because ?? "";
  if (tally.entries !== undefined) notes.push(because || tally.reason);
  else if (because !== "") notes.push(because);
  else if (objects > 0 && keys.length === 0) notes.push("only empty objects: a map of anything");
  else if (objects > 0 && objects < FEW_OBJECTS) {
    notes.push(`record, by ${objects} object${objects === 1 ? "" : "s"}`);
  }
  if (arrays > 0 && tally.items === undefined) notes.push("only empty arrays: anything in them");
  if (integers > 0 && decimals > unsafe) notes.push("integers and decimals");
  if (unsafe > 0) notes.push("whole numbers over 2^53 lose digits");
  if (kindsOf(tally).length > 1) notes.push("of several types");
  if (values > 0 && nulls === values) notes.push("only null");
  if (tally.unseen > 0) notes.push("too deep: anything");
  return notes.join("; ");
}
