/** Where each figure that is wanted of compiled JSON stands. */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { median } from "simple-statistics";
import { borderless } from "../src/report/layout.js";
import { significant } from "../src/report/numbers.js";
import { compiledAtOnce, firstFacts } from "./compiled-json-open.js";
import { nameOf, PAYLOADS } from "./compiled-json-payloads.js";

const PROCESS = fileURLToPath(new URL("./compiled-json-pair-process.js", import.meta.url));
const HELL = "hell facts";

interface Question {
  readonly direction: "write" | "read" | "project" | "open" | "compile";
  readonly payload: string;
  /** So many times as fast as the native way; for `open` and `compile` so many milliseconds at most. */
  readonly wanted: number;
}

/** What is wanted for hell facts, by the major version of Node; of a newer one as of the newest here. */
const WRITE: Readonly<Record<number, number>> = { 20: 4, 22: 4, 24: 4.5, 26: 3 };
const READ: Readonly<Record<number, number>> = { 20: 2.5, 22: 2.5, 24: 2, 26: 2 };

function questions(major: number, documents: readonly string[]): Question[] {
  const values = [...Object.keys(PAYLOADS).filter((name) => name !== HELL), ...documents];
  return [
    { direction: "write", payload: HELL, wanted: WRITE[major] ?? 3 },
    { direction: "read", payload: HELL, wanted: READ[major] ?? 2 },
    { direction: "project", payload: HELL, wanted: 10 },
    { direction: "open", payload: HELL, wanted: 20 },
    { direction: "compile", payload: HELL, wanted: 20 },
    ...documents.map((payload): Question => ({ direction: "read", payload, wanted: 1 })),
    ...values.map((payload): Question => ({ direction: "write", payload, wanted: 1 })),
  ];
}

function figureOf(node: string, { direction, payload }: Question): number {
  if (direction === "open") return firstFacts(node, payload);
  if (direction === "compile") return compiledAtOnce(node, payload);
  return Number(execFileSync(node, [PROCESS, direction, payload], { encoding: "utf8" }));
}

/** Prints a row for each question, of those in which one of the words is; of all without words. */
export function printWanted(
  node: string,
  rounds: number,
  documents: readonly string[],
  words: readonly string[],
): void {
  const version = execFileSync(node, ["--version"], { encoding: "utf8" }).trim();
  const asked = questions(Number.parseInt(version.slice(1)), documents).filter(
    ({ direction, payload }) =>
      words.length === 0 || words.some((word) => `${direction} ${payload}`.includes(word)),
  );
  const figures = new Map<Question, number[]>(asked.map((question) => [question, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [question, found] of figures) {
      if (round > 0 && question.wanted === 1) continue; // floors are looked at once
      found.push(figureOf(node, question));
    }
    console.error(`${version}: round ${round + 1} of ${rounds}`);
  }
  const table = borderless({ gap: 3, colAligns: ["left", "right", "right", "right", "left"] });
  table.push(["", "", `lowest to highest`, "wanted", ""]);
  for (const [{ direction, payload, wanted }, found] of figures) {
    const isTime = direction === "open" || direction === "compile";
    const middle = median(found);
    const text = (value: number) => (isTime ? significant(value) : value.toFixed(2));
    table.push([
      `${direction} ${nameOf(payload)}`,
      isTime ? `${text(middle)} ms` : `${text(middle)} x`,
      `${text(Math.min(...found))} to ${text(Math.max(...found))}`,
      isTime ? `<= ${wanted} ms` : `>= ${wanted} x`,
      // The native way, where it is chosen, is only as good as itself.
      (isTime ? middle <= wanted : middle >= wanted * (wanted === 1 ? 0.98 : 1)) ? "met" : "missed",
    ]);
  }
  console.log(
    `Node ${version}, ${rounds} rounds of what has a goal, one of what has a floor, by processor time; x is times as fast as JSON.stringify or JSON.parse\n`,
  );
  console.log(`${table.toString()}\n`);
}
