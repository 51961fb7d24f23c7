/** Loads as people read them in a terminal. */
import { createColors } from "picocolors";
import { forTerminal } from "../../../core/foreign-text.js";
import { chartText } from "../../../report/chart/text.js";
import { borderless, onScreen, wrapped } from "../../../report/layout.js";
import { percent, significant } from "../../../report/numbers.js";
import type { TextOptions } from "../../../report/options.js";
import { SIGN } from "../../../report/signs.js";
import type { LoadCell, LoadComparison, LoadDocument } from "../document.js";
import { ratesChart } from "./charts.js";
import { connectionLines } from "./connections.js";
import { bestOf } from "./findings.js";
import { comparedKinds, kindLines } from "./kinds.js";
import { partsSentences } from "./parts.js";
import { comparisonSentences } from "./sentences.js";
import { verdictLines } from "./verdict.js";
import { valueLines } from "./values.js";
import { cellText, documentsAs, groupsOf, isLookUp, rowCount, type MethodRow } from "./words.js";

/** Ends with a newline. */
export function loadText(given: LoadDocument, { colors }: TextOptions): string {
  const document = forTerminal(given);
  const paint = createColors(colors);
  const { store, comparisons, environment, warnings, complete } = document;
  const kinds = comparedKinds(comparisons);
  const lines = [
    paint.dim(
      `${store.driver}   Node ${environment.node}   ${environment.cpuModel}, ${environment.cores} cores`,
    ),
    "",
    ...comparisons.flatMap((comparison) => [
      ...comparisonLines(comparison, store.server, colors, kinds.includes(comparison)),
      "",
    ]),
    ...kindSection(comparisons, colors),
    ...(document.parts === null
      ? []
      : [...partsSentences(document.parts, store.server).flatMap(wrapped), ""]),
    ...(document.connections === null
      ? []
      : [
          paint.bold(`single rows into ${store.server}, each committed`),
          "",
          ...connectionLines(document.connections),
          "",
        ]),
    ...(document.verdicts ?? []).flatMap((study) => [...verdictLines(study), ""]),
    ...(document.values === null
      ? []
      : [
          paint.bold(`what values become in ${store.server}`),
          "",
          ...valueLines(document.values),
          "",
        ]),
    ...(complete
      ? []
      : wrapped("note: stopped before every cell was measured: partial results").map(paint.yellow)),
    ...warnings.flatMap((warning) => wrapped(`note: ${warning}`)).map(paint.yellow),
  ];
  return `\n${onScreen(lines)}\n`;
}

function kindSection(comparisons: readonly LoadComparison[], colors: boolean): string[] {
  const lines = kindLines(comparisons);
  if (lines.length === 0) return [];
  return [createColors(colors).bold("each kind of documents by its best method"), "", ...lines, ""];
}

/** @param isOneOfKinds its table alone: what is to be said is said of all kinds together */
function comparisonLines(
  comparison: LoadComparison,
  server: string,
  colors: boolean,
  isOneOfKinds: boolean,
): string[] {
  const paint = createColors(colors);
  return [
    paint.bold(
      isLookUp(comparison)
        ? `rows/s out of ${server}, ${comparison.table}`
        : `rows/s into ${server}, ${comparison.table} of ${comparison.columns} columns${documentsAs(comparison)}`,
    ),
    "",
    ...tableLines(comparison).map((line) =>
      line.startsWith("§") ? paint.dim(line.slice(1)) : line,
    ),
    ...(isOneOfKinds
      ? []
      : [
          "",
          ...chartText(ratesChart(comparison, server), { colors, height: 14 }).split("\n"),
          "",
          ...comparisonSentences(comparison).flatMap(wrapped),
        ]),
    ...problems(comparison).flatMap(wrapped),
  ];
}

/** Lines that begin with § are heads of groups. */
function tableLines(comparison: LoadComparison): string[] {
  const best = bestOf(comparison);
  const sizes = comparison.sizes;
  const table = borderless({
    colAligns: ["left", ...sizes.map(() => "right" as const), "right", "right", "right", "right"],
  });
  const groups = groupsOf(comparison);
  table.push(
    ["rows", ...sizes.map(rowCount), "±", "client", "server", "stored"],
    ["", ...sizes.map(() => ""), "%", "CPU µs", "CPU µs", "B/row"],
  );
  for (const { rows } of groups) {
    for (const row of rows) {
      const largest =
        row.cells.findLast(({ rowsPerSecond }) => (rowsPerSecond?.high ?? null) !== null) ??
        row.cells.findLast(({ status }) => status === "ok");
      table.push([
        row.method.name,
        ...row.cells.map((cell) => withSign(cell, best?.cell)),
        ...largestFigures(largest),
      ]);
    }
  }
  const [head = "", units = "", ...body] = table.toString().split("\n");
  return [head, units, ...withTitles(groups, body)];
}

function withTitles(
  groups: readonly { title: string; rows: readonly MethodRow[] }[],
  body: string[],
): string[] {
  let from = 0;
  return groups.flatMap(({ title, rows }) => {
    const own = body.slice(from, (from += rows.length));
    return [`§${title}`, ...own];
  });
}

function withSign(cell: LoadCell, best: LoadCell | undefined): string {
  return `${cellText(cell)}${cell === best ? SIGN.best : " "}`;
}

/** What a row took at the largest size of which there is an interval, or else any figure. */
function largestFigures(cell: LoadCell | undefined): string[] {
  if (cell === undefined) return ["", "", "", ""];
  const { rowsPerSecond, clientCpuSeconds, serverCpuSeconds, storedBytesPerRow } = cell;
  const { median = 1, low = 0, high = null } = rowsPerSecond ?? {};
  const width = high === null ? "?" : percent(Math.max(high / median - 1, 1 - low / median));
  const microseconds = (value: number | null) => (value === null ? "?" : significant(value));
  return [
    width,
    microseconds(clientCpuSeconds),
    serverCpuSeconds === 0 ? "-" : microseconds(serverCpuSeconds),
    significant(storedBytesPerRow ?? 0),
  ];
}

/** Why cells have no rate, where it is no time-out. */
function problems({ cells }: LoadComparison): string[] {
  const told = cells
    .filter(({ status }) => status === "failed" || status === "unavailable")
    .map(
      ({ method, status, reason }) =>
        `note: ${method} ${status === "failed" ? "failed" : "n/a"}: ${reason ?? ""}`,
    );
  return [...new Set(told)];
}
