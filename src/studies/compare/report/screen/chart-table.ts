/** The one table of the first screen, which is also its chart. */
import { barText } from "../../../../report/bar.js";
import { borderless } from "../../../../report/layout.js";
import { bytes, percent, short } from "../../../../report/numbers.js";
import { compressorName, SIGN } from "../../../../report/signs.js";
import type { Direction, ScenarioResult } from "../../../../trial/result.js";
import type { ResultDocument } from "../../document.js";
import { DIRECTIONS, directionsIn, halfWidth, marksOf } from "../marks.js";
import { dominatedRows } from "../pareto.js";
import { rateOf, rowsOf, type Row } from "../rows.js";
import { winnerOf } from "../winners.js";
import { isLeftOut } from "../left-out.js";

const BAR_WIDTH = 20;
/** Compressors that newer runtimes have of their own, several times as fast. */
const OF_NEWER_RUNTIMES = ["zstd"];
const HEADS: Record<Direction, string> = {
  write: "WRITE",
  read: "READ",
  project: "PROJECT",
  validate: "VALIDATE",
};

export interface ChartTable {
  readonly head: string;
  readonly body: readonly string[];
  /** Rows that there was no room for. */
  readonly left: number;
}

/**
 * A line for each codec, in groups by what compresses, the fastest first.
 *
 * @param room lines that there are for rows and the titles of groups
 * @param fine whether bars may be drawn by eighths of a character
 */
export function chartTable(document: ResultDocument, room: number, fine: boolean): ChartTable {
  const rows = rowsOf(document).filter((row) => !isUnmeasured(row));
  const { fewestStored } = marksOf(rows);
  const winners = winnersOf(rows);
  const directions = directionsIn(document);
  const main = directions.find((direction) => direction === "write") ?? directions[0] ?? "write";
  const second = directions.find((direction) => direction !== main && direction !== "project");
  const shown = chosen(rows, room);
  const fastest = Math.max(...rows.map(({ scenarios }) => rateOf(scenarios[main]) ?? 0));
  const table = borderless({
    colAligns: ["left", "left", "right", "left", "right", "left", "right"],
  });
  table.push([
    "",
    `${HEADS[main]} facts/s`,
    "",
    "",
    ...(second === undefined ? ["", ""] : [`${HEADS[second]} facts/s`, ""]),
    "ON DISK",
  ]);
  for (const row of shown) {
    const scenario = row.scenarios[main];
    table.push([
      row.codec,
      barText((rateOf(scenario) ?? 0) / fastest, BAR_WIDTH, fine).padEnd(BAR_WIDTH),
      ...figure(scenario, winners),
      ...(second === undefined ? ["", ""] : figure(row.scenarios[second], winners)),
      stored(row, fewestStored),
    ]);
  }
  const [head = "", ...lines] = table.toString().split("\n");
  return { head, body: withTitles(shown, lines), left: rows.length - shown.length };
}

/** Whether there was no time for anything of a row: how many of those there are is said in a note. */
function isUnmeasured({ scenarios }: Row): boolean {
  const all = Object.values(scenarios);
  return all.some(isLeftOut) && all.every(({ status }) => status !== "ok");
}

/** A line before each group of what is compressed in the same way. */
function withTitles(rows: readonly Row[], lines: readonly string[]): string[] {
  return rows.flatMap(({ compressor }, index) => {
    const line = lines[index] ?? "";
    const isFirst = rows[index - 1]?.compressor !== compressor;
    if (!isFirst || compressor === "none") return [line];
    return [`with ${compressorName(compressor)}${engineOf(compressor, rows)}`, line];
  });
}

/** Who reads it, where that is the runtime's own on one runtime and a package on another. */
function engineOf(compressor: string, rows: readonly Row[]): string {
  if (!OF_NEWER_RUNTIMES.includes(compressor.split(":")[0] ?? "")) return "";
  const engine = rows.find((row) => row.compressor === compressor)?.scenarios.read?.engine;
  return engine == null ? "" : ` by ${engine}`;
}

/** As many rows as there is room for: those that are dominated go first, but for json. */
function chosen(rows: readonly Row[], room: number): readonly Row[] {
  const groups = new Set(rows.map(({ compressor }) => compressor));
  const most = room - [...groups].filter((compressor) => compressor !== "none").length;
  if (rows.length <= most) return rows;
  const dominated = dominatedRows(rows);
  const rank = (row: Row) => Number(row.codec !== "json") + Number(dominated.has(row));
  const kept = new Set(rows.toSorted((a, b) => rank(a) - rank(b)).slice(0, most));
  return rows.filter((row) => kept.has(row));
}

/** The fastest in each direction, where one is: what nothing tells from it is no less than it. */
function winnersOf(rows: readonly Row[]): Set<ScenarioResult> {
  return new Set(
    DIRECTIONS.flatMap((direction) => {
      const winner = winnerOf(rows, direction);
      return winner?.kind === "won" ? winner.scenarios : [];
    }),
  );
}

/** A rate and its interval; what has none says why in a word. */
function figure(
  scenario: ScenarioResult | undefined,
  winners: ReadonlySet<ScenarioResult>,
): [string, string] {
  if (scenario === undefined) return ["", ""];
  const rate = rateOf(scenario);
  if (isLeftOut(scenario)) return ["- ", ""];
  if (rate === undefined) return [scenario.sameAs === null ? NONE[scenario.status] : "as json", ""];
  const width = halfWidth(scenario);
  const sure = Number.isFinite(width) ? `± ${percent(width)} %` : "± ?";
  return [`${short(rate)}${winners.has(scenario) ? SIGN.best : " "}`, sure];
}

const NONE: Record<ScenarioResult["status"], string> = {
  ok: "",
  failed: "failed ",
  unavailable: "n/a ",
  unsupported: "- ",
};

function stored({ scenarios }: Row, fewestStored: number): string {
  const measured = Object.values(scenarios).find(({ status }) => status === "ok");
  const found = measured?.storedBytesPerFact;
  if (found == null) return "- ";
  return `${bytes(found)}${found === fewestStored ? SIGN.best : " "}`;
}
