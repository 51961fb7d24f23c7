/**
 * How fast a schema is inferred from 100 MB of NDJSON, beside what `JSON.parse` alone takes for the
 * same lines in the same process, and whether memory stays the same with three times as much.
 *
 * `npm run bench:infer`
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { SchemaInference } from "../src/schema/infer.js";
import { fileSource } from "../src/sources/file.js";

const ROUNDS = 5;
const main = resolve(import.meta.dirname, "../src/cli/main.js");
const folder = mkdtempSync(join(tmpdir(), "hellfact-infer-"));
const file = join(folder, "facts.ndjson");

async function infer(path: string): Promise<number> {
  const inference = new SchemaInference();
  for await (const fact of fileSource(path).facts()) inference.observe(fact);
  return inference.result().paths.length;
}

async function seconds(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

function generate(size: string): void {
  execFileSync(process.execPath, [main, "generate", "--bytes", size, "--output", file, "--quiet"]);
}

try {
  generate("300MB");
  await infer(file);
  const largeBytes = process.resourceUsage().maxRSS * 1024;
  generate("100MB");
  const lines = readFileSync(file, "utf8").trimEnd().split("\n");
  const ratios: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const parsing = await seconds(() => {
      for (const line of lines) JSON.parse(line);
    });
    ratios.push(parsing / (await seconds(() => infer(file))));
  }
  const median = ratios.toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? 0;
  console.log(`inferring runs at ${median.toFixed(2)} of JSON.parse (wanted: at least 0.33)`);
  console.log(`memory after 300 MB: ${(largeBytes / 1e6).toFixed(0)} MB (wanted: at most 200)`);
  process.exitCode = median >= 1 / 3 && largeBytes <= 200e6 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true });
}
