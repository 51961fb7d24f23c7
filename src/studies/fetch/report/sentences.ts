/** What was found, in sentences: first what a shape costs. */
import { percent, short } from "../../../report/numbers.js";
import type { FetchCell, FetchCost, FetchDocument } from "../document.js";

export function fetchSentences(document: FetchDocument): string[] {
  return [
    ...shapeSentences(document),
    ...iterateSentences(document),
    ...bestSentence(document),
    ...memorySentence(document),
  ];
}

/** Of each driver, where all rows are fetched at once, or else where they are iterated. */
function shapeSentences({ costs }: FetchDocument): string[] {
  const drivers = [...new Set(costs.map(({ driver }) => driver))];
  const words = drivers.flatMap((driver) => {
    const own = costs.filter((cost) => cost.driver === driver && cost.what !== "iterate");
    const beside = own.some((cost) => cost.beside === "all") ? "all" : "iterate";
    const figures = own
      .filter((cost) => cost.beside === beside)
      .map((cost) => `${cost.what === "class" ? "a class" : "an object"} ${changeText(cost)}`);
    return figures.length === 0 ? [] : [`${driver} ${figures.join(", ")}`];
  });
  if (words.length === 0) return [];
  return [`What a shape costs, against arrays: ${words.join("; ")}${lackText(costs)}.`];
}

function iterateSentences({ costs }: FetchDocument): string[] {
  const words = costs
    .filter(({ what, beside }) => what === "iterate" && beside === "object")
    .map((cost) => `${cost.driver} ${changeText(cost)}`);
  return words.length === 0
    ? []
    : [
        `What iterating costs, against all rows at once, as objects: ${words.join("; ")}${lackText(costs)}.`,
      ];
}

/** Cells have as many rounds as each other: what is lacking is said once, behind all figures. */
function lackText(costs: readonly FetchCost[]): string {
  return costs.some(({ factor }) => factor.high === null) ? " (too few rounds for intervals)" : "";
}

/** `+12 % (95 %: 3 to 20)`, or that there is no difference to be seen. */
function changeText({ factor: { median, low, high } }: FetchCost): string {
  const signed = (factor: number) => `${factor < 1 ? "−" : "+"}${percent(Math.abs(factor - 1))}`;
  if (high === null) return `${signed(median)} %`;
  if (low <= 1 && high >= 1) return `not significantly different (${signed(median)} %)`;
  return `${signed(median)} % (95 %: ${signed(low)} to ${signed(high)})`;
}

/** The cell that fetched most, and those that are not significantly slower; without intervals all may be as fast. */
export function bestOf(cells: readonly FetchCell[]): FetchCell[] {
  const [best, ...others] = cells
    .filter(({ status }) => status === "ok")
    .toSorted((a, b) => (b.rowsPerSecond?.median ?? 0) - (a.rowsPerSecond?.median ?? 0));
  if (best === undefined) return [];
  const low = best.rowsPerSecond?.low ?? 0;
  return [best, ...others.filter((cell) => (cell.rowsPerSecond?.high ?? Infinity) >= low)];
}

/** More that are level are counted. */
const MOST_NAMED = 3;

function bestSentence({ cells }: FetchDocument): string[] {
  const [best, ...level] = bestOf(cells);
  if (best === undefined) return [];
  const { median = 0, low = 0, high = null } = best.rowsPerSecond ?? {};
  const name = cellName(best);
  if (high === null) {
    return [
      `Nothing is decided, with too few rounds for an interval: ${name} had the most, ${short(median)} rows/s.`,
    ];
  }
  const rate = `${short(median)} rows/s (95 %: ${short(low)} to ${short(high)})`;
  if (level.length === 0) return [`Fastest is ${name}: ${rate}.`];
  const named = level.slice(0, MOST_NAMED).map(cellName).join("; ");
  const more = level.length > MOST_NAMED ? `; and ${level.length - MOST_NAMED} more` : "";
  return [
    `Nothing is significantly fastest: ${name} had the most, ${rate}. Not significantly slower: ${named}${more}.`,
  ];
}

/** `pg, all rows as array` */
function cellName({ driver, fetch, shape }: FetchCell): string {
  return `${driver}, ${fetch === "all" ? "all rows" : "iterated"} as ${shape}`;
}

function memorySentence({ cells, rows }: FetchDocument): string[] {
  const peaks = (fetch: FetchCell["fetch"]) =>
    cells
      .filter((cell) => cell.fetch === fetch)
      .flatMap(({ peakMemoryBytes }) => peakMemoryBytes ?? []);
  const [all, iterated] = [peaks("all"), peaks("iterate")];
  if (all.length === 0 || iterated.length === 0) return [];
  const megabytes = (values: number[]) => short(Math.max(...values) / 1e6);
  return [
    `At ${rows} rows, processes took ${megabytes(all)} MB at most where all were fetched, and ${megabytes(iterated)} MB where they were iterated.`,
  ];
}

/** In one sentence. */
export function fetchHeadline(document: FetchDocument): string {
  return fetchSentences(document)[0] ?? "No driver could be measured.";
}
