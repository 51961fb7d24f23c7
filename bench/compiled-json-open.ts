/**
 * What a user waits for when a schema is opened: fresh processes by turns, by processor time. Facts are made
 * elsewhere, and loading modules stands apart.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { median } from "simple-statistics";
import { borderless } from "../src/report/layout.js";
import { significant } from "../src/report/numbers.js";
import { PAYLOADS } from "./compiled-json-payloads.js";

const PROCESS = fileURLToPath(new URL("./compiled-json-open-process.js", import.meta.url));
const FACTS = 40;
const MODES = ["use", "native", "steps"] as const;
type Mode = (typeof MODES)[number];
type Times = Readonly<Record<string, number>>;

/** Gives `work` what opens the schema of a payload once in a fresh process of a Node binary. */
function withOpening<Result>(
  payload: string,
  work: (open: (node: string, mode: Mode) => Times) => Result,
): Result {
  const folder = mkdtempSync(join(tmpdir(), "hellfact-bench-"));
  try {
    const file = join(folder, "facts.json");
    const { facts, schema } = PAYLOADS[payload]?.() ?? { facts: [], schema: {} };
    writeFileSync(file, JSON.stringify({ schema, facts: facts.slice(0, FACTS) }));
    return work(
      (node, mode) =>
        JSON.parse(execFileSync(node, [PROCESS, file, mode], { encoding: "utf8" })) as Times,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Milliseconds from making a writer and a reader until each has done its first fact. */
export function firstFacts(node: string, payload: string): number {
  return withOpening(payload, (open) => {
    const times = open(node, "use");
    return (times["write, first"] ?? NaN) + (times["read, first"] ?? NaN);
  });
}

/** Milliseconds until the first fact is written and read where all is compiled at once. */
export function compiledAtOnce(node: string, payload: string): number {
  return withOpening(payload, (open) =>
    Object.entries(open(node, "steps"))
      .filter(([step]) => !step.startsWith("("))
      .reduce((sum, [, time]) => sum + time, 0),
  );
}

/** Prints the split for some Node binaries. */
export function printOpening(nodes: readonly string[], rounds: number): void {
  withOpening("hell facts", (open) => {
    const found = new Map<string, number[]>();
    for (let round = 0; round < rounds; round++) {
      for (const node of nodes) {
        for (const mode of MODES) {
          for (const [step, time] of Object.entries(open(node, mode))) {
            const name = `${node} ${mode} ${step}`;
            found.set(name, [...(found.get(name) ?? []), time]);
          }
        }
      }
    }
    for (const node of nodes) {
      const version = execFileSync(node, ["--version"], { encoding: "utf8" }).trim();
      const table = borderless({ gap: 3, colAligns: ["left", "right", "left"] });
      for (const mode of MODES) {
        for (const [name, times] of found) {
          if (!name.startsWith(`${node} ${mode} `)) continue;
          const range = `${significant(Math.min(...times))} to ${significant(Math.max(...times))}`;
          const step = name.slice(node.length + 1);
          table.push([step, `${significant(median(times))} ms`, range]);
        }
      }
      console.log(`opening, Node ${version}, ${rounds} rounds, ${FACTS} facts, processor time\n`);
      console.log(`${table.toString()}\n`);
    }
  });
}
