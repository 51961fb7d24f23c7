/**
 * What a client takes to load a million rows of events, for every method that does not hold them all
 * in one parameter; each in a process of its own. The pool of facts that rows are made of is in it.
 *
 *     npm run bench:load-memory -- sqlite duckdb postgres://…
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadStore } from "../src/plugins/load-store.js";
import type { LoadDocument } from "../src/studies/load/document.js";

const MOST_BYTES = 300e6;
const ROWS = 1_000_000;
const TOO_SLOW = /^(one-by-one|prepared-each)|set-based|read-/;

const urls = process.argv.length > 2 ? process.argv.slice(2) : ["sqlite", "duckdb"];
const folder = mkdtempSync(join(tmpdir(), "hellfact-bench-memory-"));
const main = join(import.meta.dirname, "../src/cli/main.js");
try {
  for (const url of urls) {
    const store = await loadStore({ url });
    const methods = store.methods
      .filter(({ name, isOneParameter }) => isOneParameter !== true && !TOO_SLOW.test(name))
      .map(({ name }) => name);
    execFileSync(process.execPath, [
      ...[main, "load", "--compare", "--store", url, "--rows", String(ROWS), "--rounds", "1"],
      ...["--timeout", "60s", "--method", methods.join(","), "--out", folder, "--quiet"],
    ]);
    const document = JSON.parse(readFileSync(join(folder, "latest.json"), "utf8")) as LoadDocument;
    for (const { method, status, peakMemoryBytes } of document.comparisons[0]?.cells ?? []) {
      const peak = peakMemoryBytes ?? NaN;
      const verdict = status !== "ok" ? status : peak < MOST_BYTES ? "met" : "MISSED";
      console.log(
        `${store.name.padEnd(9)} ${method.padEnd(18)} ${(peak / 1e6).toFixed(0).padStart(5)} MB  ${verdict}`,
      );
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
