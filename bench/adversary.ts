/**
 * Tries what an adversary would, by category: each case must end in time, by a right exit code, with one clear
 * line, and leave nothing half-written and no process behind.
 *
 *   npm run bench:adversary [-- [--short] [categories]]
 *
 * A category is a file in bench/adversary/categories; adding one is adding a file.
 */
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { commandOf, type Case, type Category } from "./adversary/case.js";
import { fault } from "./adversary/judge.js";
import { isAlone, Lane } from "./adversary/try-case.js";

/** Of each category in the short form; of those that take processes of their own, the first alone. */
const FEW = 3;
const LANES = 2;

const words = process.argv.slice(2);
const isShort = words.includes("--short");
const wanted = words.filter((word) => word !== "--short").flatMap((word) => word.split(","));
const folder = new URL("./adversary/categories/", import.meta.url);
const names = readdirSync(folder).flatMap((file) => /^([\w-]+)\.js$/.exec(file)?.[1] ?? []);
const scratch = mkdtempSync(join(tmpdir(), "hellfact-adversary-"));
const fallen: string[] = [];
const lanes = Array.from({ length: LANES }, (_, index) => new Lane(scratch, `lane-${index}`));
let all = 0;

console.log("category     tried   held     s");
for (const name of names.filter((one) => wanted.length === 0 || wanted.includes(one))) {
  const { default: category } = (await import(new URL(`${name}.js`, folder).href)) as {
    default: Category;
  };
  const startedAt = performance.now();
  const cases = [...(await category.cases(mkdtempSync(join(scratch, `${name}-`)), isShort))];
  const tried = isShort ? few(cases) : cases;
  const before = fallen.length;
  await tryAll(name, tried).finally(() => category.end?.());
  all += tried.length;
  const held = tried.length - (fallen.length - before);
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  console.log(
    `${name.padEnd(12)} ${String(tried.length).padStart(5)}  ${String(held).padStart(5)} ${String(seconds).padStart(5)}`,
  );
}
for (const lane of lanes) lane.close();
rmSync(scratch, { recursive: true, force: true });
for (const line of fallen) console.log(line);
console.log(`${all} tried, ${all - fallen.length} held.`);
process.exitCode = fallen.length === 0 ? 0 : 1;

function few(cases: readonly Case[]): Case[] {
  const cheap = cases.filter((one) => !isAlone(one));
  const spread = Array.from({ length: FEW }, (_, at) =>
    cheap.slice(Math.floor(((at + 0.5) * cheap.length) / FEW)).slice(0, 1),
  );
  return [...spread.flat(), ...cases.filter(isAlone).slice(0, 1)];
}

async function tryAll(name: string, cases: readonly Case[]): Promise<void> {
  const waiting = [...cases];
  await Promise.all(
    lanes.map(async (lane) => {
      for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) {
        const problem = fault(one, await lane.try(one));
        if (problem === undefined) continue;
        fallen.push(`${name}: ${commandOf(one)}\n    ${problem.trim().slice(0, 300)}`);
      }
    }),
  );
}
