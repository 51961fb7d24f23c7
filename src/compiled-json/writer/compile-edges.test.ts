/** Where a compiled writer could come to its edges: quotes, staging, the slab. */
import { execFileSync } from "node:child_process";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { schemaOf } from "../../../bench/schema-of.js";
import { Slab } from "../../core/slab.js";
import { expectSame, expectText, written } from "../../testing/compiled-writer.js";
import { compiledWriter } from "./compile.js";
import { createWriterRuntime } from "./runtime.js";
import { createStaging } from "./staging.js";

test("nothing in a schema gets out of its quotes", () => {
  const keys = [
    `"];process.exit()//`,
    "*/ throw 1 /*",
    "`${process.exit()}`",
    "\u2028throw 1",
    "a\nthrow 1",
    "\\",
    "'",
    "</script>",
    "__proto__",
    "constructor",
    "\ud800",
    "€",
    "\0",
  ];
  const one = Object.fromEntries(keys.map((name) => [name, name]));
  const properties = Object.fromEntries(
    keys.map((name) => [name, { type: "string", enum: [name] }]),
  );
  expectSame({ type: "object", properties, required: keys }, one);
  expectSame({ type: "object", properties }, one);
  expectSame(schemaOf([one]), one);
});

test("a key that is data is not written twice where staging ends behind it", () => {
  const schema = { type: "object", additionalProperties: { type: "number" } } as const;
  for (const units of [27, 28, 29, 32, 33]) {
    const entries = Array.from({ length: 80 }, (_, i) => [`${i}`.padEnd(units, "k"), `no ${i}`]);
    const map = Object.fromEntries(entries) as Record<string, string>;
    for (let room = 16; room < 60; room++) {
      const write = compiledWriter(schema, createWriterRuntime(createStaging(room)));
      expectText(written(write, map), JSON.stringify(map));
    }
  }
});

test("a fact fits at every position of the slab, and whatever the size of staging", () => {
  const one = { a: 12.5, b: "x\n界😀", c: [1, null, "y".repeat(60)], d: { e: true, f: -1e-7 } };
  const expected = JSON.stringify(one);
  const schema = schemaOf([one]);
  const write = compiledWriter(schema);
  for (let before = 0; before < 300; before++) {
    const slab = new Slab(256);
    slab.utf8("-".repeat(before));
    write(one, slab);
    expect(slab.buffer.toString("utf8", before, slab.position)).toBe(expected);
  }
  for (const room of [16, 17, 31, 64, 100, 257, 1000]) {
    const list = { list: Array.from({ length: 60 }, () => one), long: "é".repeat(room * 20) };
    const small = compiledWriter(schemaOf([list]), createWriterRuntime(createStaging(room)));
    const other = compiledWriter({}, createWriterRuntime(createStaging(room)));
    expectText(written(small, list), JSON.stringify(list));
    expectText(written(other, list), JSON.stringify(list));
  }
});

test("where code from strings is forbidden, a writer is refused at once and not after the first facts", () => {
  const writer = pathToFileURL(
    resolve(import.meta.dirname, "../../../dist/src/compiled-json/index.js"),
  );
  const program = `import { compileWriter } from ${JSON.stringify(writer.href)};
    try { compileWriter({}); } catch (error) { console.log(error.name); }`;
  const words = ["--disallow-code-generation-from-strings", "--input-type=module", "-e", program];
  expect(execFileSync(process.execPath, words, { encoding: "utf8" })).toBe("EvalError\n");
});
