import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { Ledger } from "../document.js";
import { hellfact } from "../../../testing/command.js";

const copy = mkdtempSync(join(tmpdir(), "hellfact-hostile-"));
afterAll(() => rmSync(copy, { recursive: true }));

/** A codec that does what native code may do, and worse. */
const HOSTILE = `
import { deserialize, serialize } from "node:v8";
export default {
  name: "hostile", format: "v8", fileExtension: "v8", framing: "length-delimited", layout: "row",
  needsSchema: false, npmPackage: null, mode: "", losses: [], abilities: ["encode", "decode"],
  open: () => ({
    encode: ({ value }, out) => {
      if (Number.isNaN(value)) process.abort();
      if (value === Infinity) for (;;);
      if (value === "") throw new Error("no empty strings\\nand a second line");
      out.bytes(serialize({ value }));
    },
    decode: (bytes) => {
      const fact = deserialize(bytes);
      if (fact.value === null) throw new Error("cannot read what it wrote");
      if (fact.value === 5e-324) Object.prototype.polluted = true;
      return fact;
    },
  }),
};`;

test("a codec that dies, hangs or pollutes has it in a cell, and the rest goes on", async () => {
  const root = resolve(import.meta.dirname, "../../../..");
  for (const part of ["dist", "schemas", "package.json"]) {
    cpSync(join(root, part), join(copy, part), { recursive: true });
  }
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
  writeFileSync(join(copy, "dist/src/codecs/hostile.js"), HOSTILE);
  const { stdout, code } = await hellfact(
    ["conformance", "--codec", "hostile,json", "--limit", "3s", "--json", "--quiet"],
    { main: join(copy, "dist/src/cli/main.js") },
  );
  expect(code).toBe(0);
  const { values, codecs } = JSON.parse(stdout) as Ledger;
  const cell = (name: string) => codecs[0]?.cells[values.findIndex((value) => value.name === name)];
  expect(cell("NaN")).toMatchObject({ outcome: "crashed" });
  expect(cell("NaN")?.detail).toContain("signal SIGABRT");
  expect(cell("Infinity")).toEqual({ outcome: "crashed", detail: "no answer after 3 s" });
  expect(cell("−Infinity")).toEqual({ outcome: "exact", detail: null });
  expect(cell("empty string")).toEqual({ outcome: "refused", detail: "no empty strings" });
  expect(cell("null")).toMatchObject({ outcome: "unreadable" });
  expect(cell("smallest subnormal 5e-324")?.detail).toContain("pollutes Object.prototype");
  expect(cell("Uint8Array")).toEqual({ outcome: "exact", detail: null });
  expect(codecs[1]?.cells).toHaveLength(values.length);
});
