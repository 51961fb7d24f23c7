/**
 * Where the time for one 40 kB fact goes: what is saved when a part of the writer's work is left out,
 * and how far each step of the reader gets. Fresh processes by turns.
 */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { borderless } from "../src/report/layout.js";
import { significant } from "../src/report/numbers.js";
import { medianInterval } from "../src/stats/median-interval.js";

const PROCESS = fileURLToPath(new URL("./compiled-json-profile-process.js", import.meta.url));
const WRITE = "write";
const PARTS = ["strings", "numbers", "keys", "copy"];
const READ = ["read: copy", "read: copy, check", "read: copy, scan", "read"];

/** Prints the split for one Node binary. */
export function printProfile(node: string, rounds: number): void {
  const parts = [WRITE, ...PARTS.map((part) => `write without ${part}`), "write nothing", ...READ];
  const times: Record<string, number[]> = {};
  for (let round = 0; round < rounds; round++) {
    for (const part of parts) {
      const answer = execFileSync(node, [PROCESS, part], { encoding: "utf8" });
      (times[part] ??= []).push(Number(answer));
    }
  }
  const median = (part: string) => medianInterval(times[part] ?? []).median;
  const table = borderless({ colAligns: ["left", "right"] });
  const row = (name: string, microseconds: number) => {
    table.push([name, `${significant(microseconds)} µs`]);
  };
  row("write, all", median(WRITE));
  for (const part of PARTS) row(`  ${part}`, median(WRITE) - median(`write without ${part}`));
  row("  the rest: properties, checks of keys", median("write nothing"));
  row("read, all", median("read"));
  row("  copy", median("read: copy"));
  row("  scan to the tape", median("read: copy, scan") - median("read: copy"));
  row("  objects from the tape", median("read") - median("read: copy, scan"));
  row("check alone (project)", median("read: copy, check"));
  const version = execFileSync(node, ["--version"], { encoding: "utf8" }).trim();
  console.log(`processor time for a fact of 40 kB, Node ${version}, ${rounds} rounds\n`);
  console.log(
    `${table.toString()}\n\nParts are what is saved without them, so they need not add up.\n`,
  );
}
