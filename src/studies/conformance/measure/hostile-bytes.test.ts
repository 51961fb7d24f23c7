import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { pluginNames } from "../../../plugins/catalog.js";

const PROGRAM = resolve(import.meta.dirname, "../../../../dist/bench/hostile-bytes.js");

/** `npm run bench:hostile` is the long form. */
test("every decoder survives truncated, flipped and random bytes", () => {
  const { status, stdout } = spawnSync(process.execPath, [PROGRAM, "300"], { encoding: "utf8" });
  const lines = stdout.trim().split("\n");
  expect(lines.filter((line) => line.includes("MISSED"))).toEqual([]);
  expect(lines.length).toBe(pluginNames("codecs").length * 3);
  expect(status).toBe(0);
});
