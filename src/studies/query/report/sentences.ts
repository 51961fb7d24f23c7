/** What a comparison of ways says, in sentences. */
import { bytes, short } from "../../../report/numbers.js";
import type { QueryDocument } from "../document.js";
import { payments, type BreakEven } from "../model/pays.js";
import { bestOf, QUESTIONS, rateOf } from "../model/questions.js";

/** What answers each question best; then when keeping JSON as it is pays. */
export function querySentences(document: QueryDocument): string[] {
  return [...bestSentences(document), ...paySentences(document)];
}

function bestSentences({ ways }: QueryDocument): string[] {
  return QUESTIONS.flatMap(({ key, text }) => {
    const [best, ...equals] = bestOf(ways, key);
    if (best === undefined) return [];
    const { low = 0, high = null } = best[key] ?? {};
    const rate = `${short(rateOf(best, key) ?? 0)} answers/s`;
    if (high === null) {
      return [
        `For ${text} nothing is decided, with too few rounds for an interval: ${best.name} had the most, ${rate}.`,
      ];
    }
    const others =
      equals.length === 0
        ? ""
        : ` Not significantly slower: ${equals.map(({ name }) => name).join(", ")}.`;
    const range = `95 %: ${short(low)} to ${short(high)}`;
    return [`For ${text}, take ${best.name}: ${rate} (${range}).${others}`];
  });
}

function paySentences(document: QueryDocument): string[] {
  const cheapest = document.ways.find(({ name }) => name === "ndjson");
  const typed = payments(document).find(({ way }) => way.name === "parquet");
  if (cheapest === undefined || typed === undefined) return [];
  const { way, from } = typed;
  const stored = bytes((way.load?.storedBytes ?? 0) / document.facts);
  return [
    `NDJSON costs nothing to load: Parquet (${stored}/fact) pays ${fromText(from.averages)} averages, and ${fromText(from.byId)} facts by id.`,
  ];
}

export function fromText(from: BreakEven | undefined): string {
  if (from === undefined) return "-";
  if (from === "always") return "always";
  if (from === "never") return "never";
  return `from ${from < 1000 ? from : short(from)}`;
}

/** In one sentence. */
export function queryHeadline(document: QueryDocument): string {
  const [first] = querySentences(document);
  return first ?? "No way of keeping facts could be measured.";
}
