/** The tables of a comparison, as texts for any form. */
import { bytes, percent, short } from "../../../report/numbers.js";
import type { MeasuredWay, QueryDocument } from "../document.js";
import { payments } from "../model/pays.js";
import { bestOf, QUESTIONS } from "../model/questions.js";
import { SIGN } from "../../../report/signs.js";
import { fromText } from "./sentences.js";

export const RATE_HEADS = [
  "kept as",
  ...QUESTIONS.flatMap(({ head }) => [`${head}/s`, "± %"]),
  "stored/fact",
  "facts/s loaded",
];

/** A row for each way that was measured; best figures have their sign. */
export function rateRows({ ways, facts }: QueryDocument): string[][] {
  const best = new Map(QUESTIONS.map(({ key }) => [key, new Set(bestOf(ways, key).slice(0, 1))]));
  return ways
    .filter(({ status }) => status === "ok")
    .map((way) => [
      way.name,
      ...QUESTIONS.flatMap(({ key }) => [
        `${short(way[key]?.median ?? 0)}${best.get(key)?.has(way) === true ? SIGN.best : " "}`,
        widthText(way[key]),
      ]),
      way.load === null ? "?" : bytes(way.load.storedBytes / facts),
      way.load === null || way.load.seconds < 0.001
        ? "as written"
        : short(facts / way.load.seconds),
    ]);
}

function widthText(interval: MeasuredWay["byId"]): string {
  if (interval === null || interval.high === null) return "?";
  const { median, low, high } = interval;
  return percent(Math.max(high / median - 1, 1 - low / median));
}

export const PAY_HEADS = [
  "kept as",
  "instead of",
  "load s/1k",
  "stored/fact",
  ...QUESTIONS.map(({ head }) => `pays, ${head}`),
];

/** A row for each way that is no JSON text: what it costs more, and from how many answers on it pays. */
export function payRows(document: QueryDocument): string[][] {
  const { facts } = document;
  const signed = (value: number, text: string) => `${value < 0 ? "−" : "+"}${text}`;
  return payments(document).map(({ way, baseline, extraSeconds, extraBytes, from }) => [
    way.name,
    baseline.name,
    signed(extraSeconds, short((Math.abs(extraSeconds) * 1000) / facts)),
    signed(extraBytes, bytes(Math.abs(extraBytes) / facts)),
    ...QUESTIONS.map(({ key }) => fromText(from[key])),
  ]);
}

/** Why ways have no figures. */
export function wayProblems({ ways }: QueryDocument): string[] {
  return ways.flatMap(({ name, status, reason }) => {
    if (status === "ok") return [];
    const word = status === "unavailable" ? "n/a" : status === "failed" ? "failed" : "not measured";
    return [`${name} ${word}: ${reason ?? "stopped before its turn"}`];
  });
}
