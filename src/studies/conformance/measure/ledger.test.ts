import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { pluginNames } from "../../../plugins/catalog.js";
import { ledgerMarkdown, ledgerText } from "../report/ledger.js";
import type { Ledger } from "../document.js";
import { hellfact } from "../../../testing/command.js";
import { VALUES } from "./values.js";

const { stdout, code } = await hellfact(["conformance", "--json", "--quiet"]);
const ledger = JSON.parse(stdout) as Ledger;

/** What a library's update must not change unnoticed; how a refusal is worded does not matter. */
function remembered({ cells }: Ledger["codecs"][number]): string {
  const lines = VALUES.flatMap(({ name, runtimeDecides }, index) => {
    const { outcome, detail } = cells[index] ?? { outcome: "?", detail: null };
    if (runtimeDecides === true) return [];
    return [`${name}: ${outcome === "changed" ? detail : outcome}\n`];
  });
  return lines.join("");
}

test("the ledger has every codec and every value", () => {
  expect(code).toBe(0);
  expect(ledger.codecs.map(({ name }) => name)).toEqual(pluginNames("codecs"));
  expect(ledger.values.map(({ name }) => name)).toEqual(VALUES.map(({ name }) => name));
});

describe.each(ledger.codecs.map((codec) => [codec.name, codec] as const))("%s", (name, codec) => {
  test.skipIf(codec.unavailable !== null)("carries values as it is remembered to", async () => {
    // npx vitest run src/conformance --update writes what it does now; look at the difference.
    await expect(remembered(codec)).toMatchFileSnapshot(`remembered/${name}.txt`);
  });

  test("does what it declares, and dies of nothing", () => {
    expect(codec.disagreements).toEqual([]);
    expect(codec.cells.filter(({ outcome }) => outcome === "crashed")).toEqual([]);
  });
});

describe("printed", () => {
  const text = ledgerText(ledger, { colors: false });

  test("it fits a screen of 100 columns, however many codecs there are", () => {
    const more = { ...ledger, codecs: Array.from({ length: 5 }, () => ledger.codecs).flat() };
    for (const printed of [text, ledgerText(more, { colors: false })]) {
      expect(Math.max(...printed.split("\n").map(({ length }) => length))).toBeLessThanOrEqual(100);
    }
  });

  test("each mark stands below its codec's name, and its footnote says what became of the value", () => {
    const lines = text.split("\n");
    const column = lines.find((line) => / json ┐/.test(line))?.indexOf("┐") ?? 0;
    const number = /^≠(\d+)/.exec(
      lines.find((line) => line.startsWith(" NaN "))?.slice(column) ?? "",
    );
    expect(lines).toContain(` ${number?.[1]?.padStart(2)} becomes null`);
    expect(text.replaceAll(/\s+/g, " ")).toContain("; json −0, −0 among integers, 2^53 + 1 in");
  });

  test("as Markdown it has a row for each value", () => {
    const rows = ledgerMarkdown(ledger)
      .split("\n")
      .filter((line) => line.startsWith("| "));
    expect(rows).toHaveLength(VALUES.length + 2);
  });
});

test("an unknown codec is an error of the command line", async () => {
  const finished = await hellfact(["conformance", "--codec", "jsn"]);
  expect(finished.code).toBe(2);
  expect(finished.stderr).toMatch(/^hellfact: unknown codec "jsn"\. Did you mean json\?[^\n]*\n$/);
});

test("a codec of one's own is looked at by its file", async () => {
  const folder = mkdtempSync(join(tmpdir(), "hellfact-ledger-"));
  try {
    const file = join(folder, "mine.mjs");
    const text = `import { deserialize, serialize } from "node:v8";
      export default {
        name: "mine", format: "v8", fileExtension: "v8", framing: "length-delimited", layout: "row",
        needsSchema: false, npmPackage: null, mode: "v8", losses: [], abilities: ["encode", "decode"],
        open: () => ({ encode: (fact, out) => out.bytes(serialize(fact)), decode: (bytes) => deserialize(bytes) }),
      };`;
    writeFileSync(file, text);
    const finished = await hellfact(["conformance", "--codec", file, "--json", "--quiet"]);
    const [own] = (JSON.parse(finished.stdout) as Ledger).codecs;
    const v8 = ledger.codecs.find(({ name }) => name === "v8");
    expect(own).toEqual({ ...v8, name: "mine" });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
