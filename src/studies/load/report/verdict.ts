/** What binds a load, as people read it. */
import { median } from "simple-statistics";
import { borderless, wrapped } from "../../../report/layout.js";
import { percent, significant } from "../../../report/numbers.js";
import type { LoadVerdictStudy, VerdictRound } from "../document.js";
import { REMEDIES, slopeOf } from "../model/judge.js";
import { short } from "./words.js";

/** In one sentence: what binds, and what would help. */
export function verdictSentence(study: LoadVerdictStudy): string {
  const { verdict, shares, connections, isServer } = study;
  const what = `${study.method} over ${connections} connection${connections === 1 ? "" : "s"}`;
  const named = (part: string) =>
    part === "server CPU" && !isServer ? "the store's own work in the client's process" : part;
  switch (verdict.kind) {
    case "bound": {
      const share = shares.find(({ part }) => part === verdict.by)?.share;
      const often =
        share === undefined ? "" : `, ${percent(share)} % of what a group of rows takes`;
      return `What binds ${what}: ${named(verdict.by)}${often}; ${REMEDIES[verdict.by]}.`;
    }
    case "balanced":
      return `What binds ${what}: balanced between ${verdict.between.map(named).join(" and ")}; to make one faster alone gains little.`;
    case "inconclusive":
      return `What binds ${what}: inconclusive, for ${verdict.why}.`;
  }
}

/** The sentence, then its evidence. */
export function verdictLines(study: LoadVerdictStudy): string[] {
  const table = borderless({ gap: 3 });
  for (const [name, value] of evidenceOf(study)) table.push([name, value]);
  return [
    ...wrapped(verdictSentence(study)),
    "",
    ...table.toString().split("\n"),
    ...study.caveats.flatMap((caveat) => ["", ...wrapped(`note: ${caveat}`)]),
  ];
}

/** Names and figures, in the order in which they convince. */
export function evidenceOf(study: LoadVerdictStudy): [string, string][] {
  const { rounds, groupRows, shares, isServer, processes } = study;
  const over = (value: (round: VerdictRound) => number) => median(rounds.map(value));
  const known = (value: (round: VerdictRound) => number | null): number | undefined => {
    const values = rounds.map(value);
    return values.some((one) => one === null) ? undefined : median(values as number[]);
  };
  if (rounds.length === 0) return [];
  const rows = (groups: number | undefined, what = "rows/s") =>
    groups === undefined ? "?" : `${short(groups * groupRows)} ${what}`;
  const base = over((round) => round.base.rate);
  const times = (rate: number | undefined) =>
    rate === undefined ? "?" : `${rows(rate)}, ${significant(rate / base)} ×`;
  const server = known((round) => round.base.serverCores);
  const waiting = known((round) => round.base.waitingCores);
  const twice = known((round) => round.twice?.rate ?? null);
  const nobody = known((round) => round.nobody?.rate ?? null);
  const replay = known((round) => round.replay?.rate ?? null);
  const lines: [string, string][] = [
    ["committed", `${rows(base)}, ${groupRows} in a commit`],
    ["a group's time", sharesText(shares)],
    ["no commit waited for", times(over((round) => round.noWait.rate))],
    [
      "client delayed",
      `${significant(over((round) => slopeOf(study, round)))} s more for each second of delay`,
    ],
  ];
  if (twice !== undefined) lines.push(["twice the connections", times(twice)]);
  if (isServer) lines.push(["a table of its own", times(over((round) => round.own.rate))]);
  lines.push(["rows alone", rows(over((round) => round.source.rate))]);
  if (nobody !== undefined) lines.push(["driver, to a null server", times(nobody)]);
  if (replay !== undefined) lines.push(["server, of bytes made before", times(replay)]);
  lines.push(["raw fdatasync here", `${short(study.syncsPerSecond)}/s, one after the other`]);
  if (isServer) lines.push(["connections, looked at", looksText(rounds)]);
  lines.push([
    "processor",
    `client ${significant(over((round) => round.base.clientCores))} cores` +
      (processes === 1 ? "" : ` in ${processes} processes`) +
      (waiting === undefined ? "" : ` (waiting for one ${significant(waiting)})`) +
      (!isServer || server === undefined ? "" : `; server ${significant(server)} cores`) +
      `; of ${study.cores}`,
  ]);
  if (isServer) {
    const away = over((round) => round.pingSeconds) * 1e6;
    lines.push(["shortest round trip", `${significant(away)} µs, ${study.roundTrips} for a group`]);
  }
  return lines;
}

/** Less is nobody's concern. */
const LEAST_SHARE = 0.01;

function sharesText(shares: LoadVerdictStudy["shares"]): string {
  return shares
    .filter(({ share }) => share >= LEAST_SHARE)
    .map(({ part, share }) => `${part} ${percent(share)} %`)
    .join(", ");
}

const MOST_LOOKS = 3;

function looksText(rounds: readonly VerdictRound[]): string {
  const total = new Map<string, number>();
  for (const { looks } of rounds) {
    for (const { what, share } of looks) total.set(what, (total.get(what) ?? 0) + share);
  }
  return [...total]
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, MOST_LOOKS)
    .map(([what, sum]) => `${what} ${percent(sum / rounds.length)} %`)
    .join(", ");
}
