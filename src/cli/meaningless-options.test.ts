/** An option that nothing takes is told, and not passed over: who gave it would take the answer for what was asked. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { refused } from "../testing/refused.js";

const folder = mkdtempSync(join(tmpdir(), "hellfact-options-"));
afterAll(() => rmSync(folder, { recursive: true }));

const SQL = "select 1";

test.each<[string, string]>([
  ["bench --quick --budget 60s", "'--quick' cannot be used with option '--budget <time>'"],
  ["query SQL events --rounds 2", "--rounds is for --compare: leave it out, or give that."],
  ["query SQL events --store postgres://h/d", "--store is for --compare"],
  ["query --compare --output rows.csv", "--output is for a query, and --compare makes none"],
  ["query SQL events --compare", "--compare asks questions of its own: leave out the query."],
  [
    "query SQL events --explain --output rows.csv",
    "--output is for rows, and --explain prints none",
  ],
  ["size --arch arm64", "--arch is for --cheapest: leave it out, or give that."],
  ["size --no-burstable", "--no-burstable is for --cheapest"],
  ["size --range 8MB", "--range is for --cluster"],
  ["size --local-disk-speed 500MB", "--local-disk-speed is for --local-disk"],
  [
    "gate --replay results.json --budget 1m",
    "--budget is for a comparison, and --replay makes none",
  ],
  ["gate --self-test --codec json", "--codec is for a comparison, and --self-test makes none"],
  ["gate --baseline a.js --candidate b.js --runs 3", "--runs is for --self-test"],
  ["load events --store sqlite --compare", "--compare is for measuring, and the parts of events"],
  ["load events --store sqlite --rows 10", "--rows is for measuring"],
  ["load --compare --store sqlite --depth 4", "--depth is for --connections"],
  ["load --values --store sqlite --timeout 1s", "--timeout is for --compare"],
  ["load --verdict --store sqlite --connections 2 --rate 9", "--rate says nothing to --verdict"],
  ["run --facts 10 --sink null --lease 9s", "--lease is for --cluster"],
  ["queue jobs.yaml --replicas 3", "--replicas is for --cluster"],
  ["report none.json --format csv --explain", "--explain is for text: csv has all there is."],
  [`report --all ${folder} --format csv`, "--all of folders is one page"],
])("%s", async (line, expected) => {
  const words = line.split(" ").map((word) => (word === "SQL" ? SQL : word));
  const { code, stdout, stderr } = await refused(words, { cwd: folder });
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toContain(expected);
  expect(stderr).toMatch(/^hellfact: [^\n]*\n$/);
});
