/** Which codecs a comparison speaks for, and why. */
import type { ResultDocument } from "../document.js";
import { choiceName } from "../../../report/names.js";
import { halfWidth } from "./marks.js";
import { percent, significant } from "../../../report/numbers.js";
import { isNotSignificantlyDifferent, measuredIn, rateOf, rowsOf, type Row } from "./rows.js";

/** The best for one purpose. */
export interface Best {
  readonly purpose: "write" | "read" | "store";
  /** All that are not significantly different from the best. */
  readonly names: readonly string[];
  /** Its figure, with its unit. */
  readonly figure: string;
}

/** The best writers, readers and the smallest; what was not measured is not there. */
export function bestsOf(document: ResultDocument): Best[] {
  const rows = rowsOf(document);
  return [fastest(rows, "write"), fastest(rows, "read"), smallest(rows, document)].filter(
    (best) => best !== undefined,
  );
}

function fastest(rows: readonly Row[], purpose: "write" | "read"): Best | undefined {
  const [best, ...others] = measuredIn(rows, purpose);
  if (best === undefined) return undefined;
  const tied = others.filter((other) => isNotSignificantlyDifferent(best, other));
  const width = halfWidth(best);
  const sure = Number.isFinite(width) ? ` ± ${percent(width)} %` : "";
  return {
    purpose,
    names: [best, ...tied].map(choiceName),
    figure: `${significant(rateOf(best) ?? 0)} facts/s${sure}`,
  };
}

function smallest(rows: readonly Row[], { payload }: ResultDocument): Best | undefined {
  const stored = rows.flatMap((row) => {
    const measured = Object.values(row.scenarios).find(({ status }) => status === "ok");
    const bytesPerFact = measured?.storedBytesPerFact;
    return bytesPerFact == null ? [] : [{ name: choiceName(row), bytesPerFact }];
  });
  const [best] = stored.toSorted((a, b) => a.bytesPerFact - b.bytesPerFact);
  if (best === undefined) return undefined;
  const share = percent(best.bytesPerFact / payload.jsonBytesPerFact);
  return {
    purpose: "store",
    names: [best.name],
    figure: `${significant(best.bytesPerFact)} bytes a fact, ${share} % of JSON`,
  };
}

/** What to take, and what to take where bytes matter most, a sentence for each; empty if nothing was measured. */
export function recommendation(document: ResultDocument): string[] {
  const bests = bestsOf(document);
  const of = (wanted: Best["purpose"]) => bests.find(({ purpose }) => purpose === wanted);
  const [write, read, store] = [of("write"), of("read"), of("store")];
  const small =
    store === undefined || write?.names.includes(store.names[0] ?? "") === true
      ? []
      : [`Where bytes cost more than time, take ${store.names.join("")}: ${store.figure}.`];
  if (write === undefined || read === undefined) {
    const only = write ?? read;
    if (only === undefined) return [];
    return [`${alone(only)}.`, ...small];
  }
  const both = read.names.filter((name) => write.names.includes(name));
  if (both.length === 1) {
    return [`Take ${both.join("")}: nothing here writes or reads faster beyond doubt.`, ...small];
  }
  if (both.length > 1) {
    return [`Nothing is significantly fastest: ${level(both)} to write and to read.`, ...small];
  }
  return [apart(write, read), ...small];
}

/** Of a direction alone, or beside another that is told first. */
function alone({ names, purpose }: Best): string {
  return names.length === 1
    ? `Take ${names.join("")} to ${purpose}`
    : `Nothing is significantly fastest to ${purpose}: ${level(names)}`;
}

/** Where no choice is right for both. What is undecided comes first. */
function apart(write: Best, read: Best): string {
  const [writer, reader] = [write.names.join(""), read.names.join("")];
  const [isWriter, isReader] = [write.names.length === 1, read.names.length === 1];
  if (isWriter && isReader) {
    return `Take ${reader} where facts are read often, ${writer} where they are mostly written.`;
  }
  if (isWriter) return `${alone(read)}. Take ${writer} where facts are mostly written.`;
  if (isReader) return `${alone(write)}. Take ${reader} where facts are read often.`;
  return `Nothing is significantly fastest: ${level(write.names)} to write, and ${level(read.names)} to read.`;
}

/** More names than these are for the charts. */
const MOST_NAMES = 4;

/** Names of a group in which nothing won. */
function level(names: readonly string[]): string {
  const [shown, more] =
    names.length > MOST_NAMES
      ? [names.slice(0, MOST_NAMES - 1), names.length - MOST_NAMES + 1]
      : [names, 0];
  const words = more === 0 ? shown : [...shown, `${more} more`];
  return `${words.slice(0, -1).join(", ")} and ${words.at(-1) ?? ""} are level`;
}

/** What to take, in one sentence. */
export function headlineOf(document: ResultDocument): string {
  return recommendation(document)[0] ?? "Nothing could be measured.";
}
