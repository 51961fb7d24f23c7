/**
 * What compiled JSON writers and readers gain against the native way, which takes turns with them in one process
 * by processor time: fresh processes by turns, and what is wanted beside. About two minutes for each Node.
 *
 *   npm run bench:compiled-json [-- rounds=3 [words of the rows wanted]]
 *   npm run bench:compiled-json -- --whole [rounds=6 [words of the tables wanted]]
 *                                                 against other libraries, each in its own process; an hour
 *   npm run bench:compiled-json -- --profile [rounds=6]    where the time for a fact goes
 *   npm run bench:compiled-json -- --open [rounds=6]       what a user waits for until the first facts are there
 *
 * `HELLFACT_NODES` names other Node binaries, with colons between them; `HELLFACT_DOCUMENTS` a
 * folder of JSON documents.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { borderless } from "../src/report/layout.js";
import { significant } from "../src/report/numbers.js";
import type { RunDocument } from "../src/studies/run/document.js";
import { medianInterval } from "../src/stats/median-interval.js";
import { printOpening } from "./compiled-json-open.js";
import { nameOf, PAYLOADS } from "./compiled-json-payloads.js";
import { printProfile } from "./compiled-json-profile.js";
import { printWanted } from "./compiled-json-wanted.js";

const WORDS = process.argv.slice(2).filter((word) => !word.startsWith("--"));
const IS_WHOLE = process.argv.includes("--whole");
const IS_PROFILE = process.argv.includes("--profile");
const IS_OPEN = process.argv.includes("--open");
const ROUNDS = Number(WORDS[0] ?? (IS_WHOLE || IS_PROFILE || IS_OPEN ? 6 : 3));
const WANTED = WORDS.slice(1);
const SECONDS = "0.6";
const NODES = [process.execPath, ...(process.env["HELLFACT_NODES"]?.split(":") ?? [])];
const PROCESS = fileURLToPath(new URL("./compiled-json-process.js", import.meta.url));
const MAIN = fileURLToPath(new URL("../src/cli/main.js", import.meta.url));
const documents = process.env["HELLFACT_DOCUMENTS"];
const real =
  documents === undefined || !existsSync(documents)
    ? []
    : readdirSync(documents).map((file) => join(documents, file));

if (IS_OPEN) {
  printOpening(NODES, ROUNDS);
  process.exit(0);
}
if (IS_PROFILE) {
  for (const node of NODES) printProfile(node, ROUNDS);
  process.exit(0);
}
if (!IS_WHOLE) {
  for (const node of NODES) printWanted(node, ROUNDS, real, WANTED);
  process.exit(0);
}

/** The first contender against each of the others, by payload. */
async function compare(
  title: string,
  payloads: readonly string[],
  contenders: readonly [string, ...string[]],
): Promise<void> {
  if (WANTED.length > 0 && !WANTED.some((word) => title.includes(word))) return;
  for (const node of NODES) {
    const version = execFileSync(node, ["--version"], { encoding: "utf8" }).trim();
    const [ours, ...others] = contenders;
    const table = borderless({
      gap: 3,
      colAligns: ["left", "right", ...others.map((): "right" => "right")],
    });
    table.push(["", ours.split(":")[1] ?? "", ...others.map((name) => `× ${name.split(":")[1]}`)]);
    for (const payload of payloads) {
      const rates: Record<string, number[]> = {};
      for (let round = 0; round < ROUNDS; round++) {
        for (const name of contenders) {
          const words = [PROCESS, name, payload, SECONDS];
          (rates[name] ??= []).push(rateOf(node, words));
        }
      }
      const own = rates[ours] ?? [];
      if (own.some(Number.isNaN)) throw new Error(`${ours} failed on ${nameOf(payload)}`);
      table.push([
        nameOf(payload),
        significant(medianInterval(own).median),
        ...others.map((name) => ratio(own, rates[name] ?? [])),
      ]);
      console.error(`${version} ${title}: ${nameOf(payload)}`);
    }
    console.log(`${title}, Node ${version}, ${ROUNDS} rounds\n\n${table.toString()}\n`);
  }
}

/** What a contender's process prints; not a number where it fails, and then it has said why. */
function rateOf(node: string, words: readonly string[]): number {
  const { stdout } = spawnSync(node, words, {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  return stdout === "" ? NaN : Number(stdout);
}

function ratio(above: readonly number[], below: readonly number[]): string {
  if (below.some(Number.isNaN)) return "failed";
  const { median, low, high } = medianInterval(above.map((rate, i) => rate / (below[i] ?? NaN)));
  return `${median.toFixed(2)} (${low.toFixed(2)}-${high.toFixed(2)})`;
}

/** The whole pipeline on two workers, into a file. */
function pipeline(): void {
  if (WANTED.length > 0 && !WANTED.some((word) => "pipeline".includes(word))) return;
  const folder = mkdtempSync(join(tmpdir(), "hellfact-bench-"));
  const rate = (codec: string) => {
    const words = [
      "run",
      "--codec",
      codec,
      "--compress",
      "none",
      "--workers",
      "2",
      "--sync",
      "none",
    ];
    const sink = join(folder, "run");
    const all = [MAIN, ...words, "--facts", "20000", "--sink", `file:${sink}`, "--json", "--quiet"];
    const text = execFileSync(process.execPath, all, { encoding: "utf8" });
    rmSync(sink, { recursive: true });
    return (JSON.parse(text) as RunDocument).run.factsPerSecond;
  };
  try {
    const pairs = Array.from(
      { length: ROUNDS },
      () => [rate("compiled-json"), rate("json")] as const,
    );
    const ours = pairs.map(([own]) => own);
    console.log(
      `pipeline, two workers, file: ${significant(medianInterval(ours).median)} facts/s, ` +
        `${ratio(
          ours,
          pairs.map(([, native]) => native),
        )} × json\n`,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const names = Object.keys(PAYLOADS);
const hell = names.filter((name) => name.startsWith("hell"));
await compare("write hell facts, facts/s", hell, [
  "write:compiled-json",
  "write:native",
  "write:json",
  "write:fast-json-stringify",
  "write:protobuf",
]);
const native = ["write:compiled-json", "write:native", "write:json"] as const;
await compare(
  "write values, facts/s",
  names.filter((name) => !name.startsWith("hell")),
  native,
);
if (real.length > 0) await compare("write documents, facts/s", real, native);
await compare("read, facts/s", ["hell facts", ...real], ["read:compiled-json", "read:json"]);
await compare(
  "project three fields, facts/s",
  ["hell facts"],
  ["project:compiled-json", "project:json", "project:simdjson"],
);
await compare("facts in the first second", ["hell facts"], ["cold:compiled-json", "cold:native"]);
await compare(
  "open and write one, ms",
  ["hell facts"],
  ["open:compiled-json", "open:fast-json-stringify"],
);
pipeline();
console.log(
  "native is Buffer.from(JSON.stringify(fact)); ratios are above 1 where compiled-json is ahead (open: slower).",
);
