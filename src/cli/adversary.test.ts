/** A few cases of each category of `npm run bench:adversary`. */
import { readdirSync } from "node:fs";
import { resolve } from "node:path";
import { execFile } from "node:child_process";
import { expect, test } from "vitest";

const built = resolve(import.meta.dirname, "../../dist/bench");

test("a few bad cases of each category end by one clear line", async () => {
  const names = readdirSync(resolve(built, "adversary/categories"))
    .filter((file) => file.endsWith(".js"))
    .map((file) => file.slice(0, -".js".length));
  const told = await new Promise<string>((resolve_) => {
    execFile(process.execPath, [resolve(built, "adversary.js"), "--short"], (_, stdout) =>
      resolve_(stdout),
    );
  });
  expect(told).toMatch(/\n(\d+) tried, \1 held\.\n$/);
  for (const name of names)
    expect(told).toMatch(new RegExp(`^${name} +([1-9]\\d*) +\\1 +\\d+$`, "m"));
});
