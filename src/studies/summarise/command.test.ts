import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hellfact, shell } from "../../testing/command.js";
import { refused } from "../../testing/refused.js";
import { loadedPlugins } from "../../testing/loaded-plugins.js";
import type { SummariseDocument } from "./document.js";

const hasDuckDb = await import("@duckdb/node-api").then(
  () => true,
  () => false,
);
/** `HELLFACT_LONG=1` asks files of every codec, and not only one of each kind of file. */
const isLong = process.env["HELLFACT_LONG"] === "1";
const KINDS = new Set(["arrow", "avro", "msgpackr-records", "parquet", "protobuf"]);
/** Codecs that write something else than JSON. */
const codecs = [...(hasDuckDb ? await loadedPlugins("codecs") : [])].flatMap(([name, codec]) =>
  codec.format !== "json" && codec.abilities.includes("encode") && (isLong || KINDS.has(name))
    ? [name]
    : [],
);
const folder = mkdtempSync(join(tmpdir(), "hellfact-summarise-"));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (name: string) => join(folder, name);

interface HellFact {
  readonly player: { readonly id: number; readonly country: string };
  readonly runs: readonly { readonly score: number; readonly events: readonly object[] }[];
}
let facts: HellFact[] = [];

/** Runs in the test's folder. */
const summarise = (...words: string[]) => hellfact(["summarise", ...words], { cwd: folder });

async function documentOf(...words: string[]): Promise<SummariseDocument> {
  const { code, stdout, stderr } = await summarise(...words, "--json");
  expect([code, code === 0 ? "" : stderr]).toEqual([0, ""]);
  return JSON.parse(stdout) as SummariseDocument;
}

beforeAll(async () => {
  const words = [
    "--facts",
    "240",
    "--compress",
    "gzip",
    "--roll",
    "500KB",
    "--sink",
    "file:events",
  ];
  await hellfact(["run", ...words, "--quiet"], { cwd: folder });
  facts = partFiles().flatMap((file) => {
    const lines = gunzipSync(readFileSync(at(`events/${file}`)))
      .toString()
      .trimEnd()
      .split("\n");
    return lines.map((line) => JSON.parse(line) as HellFact);
  });
}, 60_000);

/** The whole parts of a run, as its manifest has them. */
function linesOf(run: string): { readonly file: string }[] {
  const path = at(`${run}/manifest.ndjson`);
  const lines = existsSync(path) ? readFileSync(path, "utf8").split("\n") : [];
  return lines
    .filter((line) => line.startsWith('{"part"') && line.endsWith("}"))
    .map((line) => (JSON.parse(line) as { part: { file: string } }).part);
}
const wholeParts = (run: string) => linesOf(run).length;
const hasEnded = (run: string) =>
  readFileSync(at(`${run}/manifest.ndjson`), "utf8").includes('{"ended"');
const playersIn = (run: string) =>
  linesOf(run).flatMap(({ file }) =>
    gunzipSync(readFileSync(at(`${run}/${file}`)))
      .toString()
      .trimEnd()
      .split("\n")
      .map((line) => (JSON.parse(line) as HellFact).player.id),
  );

const partFiles = () => readdirSync(at("events")).filter((name) => name.startsWith("part-"));
const different = (values: readonly unknown[]) => new Set(values).size;
const ASKED = ["--unique", "player.id", "--quantile", "runs[].score", "--count", "runs[].events[]"];

describe("a run", () => {
  test("is summed up part by part, and what is known of a part is not read again", async () => {
    const first = await documentOf("events", ...ASKED);
    expect(first).toMatchObject({ facts: 240, by: null, work: { kept: 0 } });
    expect(first.work.read).toBe(partFiles().length);
    const [unique, quantile, count] = first.groups[0]?.figures ?? [];
    expect(unique?.unique?.count).toBe(different(facts.map(({ player }) => player.id)));
    expect(count?.values).toBe(
      facts.flatMap(({ runs }) => runs.flatMap(({ events }) => events)).length,
    );
    const scores = facts
      .flatMap(({ runs }) => runs.map(({ score }) => score))
      .toSorted((a, b) => a - b);
    expect([quantile?.quantile?.min, quantile?.quantile?.max]).toEqual([scores[0], scores.at(-1)]);
    const median = scores[Math.floor((scores.length - 1) / 2)] ?? NaN;
    const found = quantile?.quantile?.quantiles.find(({ share }) => share === 0.5)?.value ?? NaN;
    expect(Math.abs(found / median - 1)).toBeLessThanOrEqual(0.01);

    const again = await documentOf("events", ...ASKED);
    expect(again.work).toMatchObject({ read: 0, kept: partFiles().length });
    expect(again.groups).toEqual(first.groups);
  });

  test("is right when it was killed, and when it went on", async () => {
    const words = ["--facts", "240", "--compress", "gzip", "--roll", "100KB", "--fact-size", "4KB"];
    const run = ["run", ...words, "--summarise", "unique:player.id", "--sink", "file:killed"];
    await hellfact([...run, "--quiet"], {
      cwd: folder,
      kill: { signal: "SIGKILL", afterMilliseconds: 0, once: () => wholeParts("killed") > 2 },
    });
    writeFileSync(at("killed/part-000000999999.ndjson.gz"), "unfinished");
    const [before, parts] = [playersIn("killed"), wholeParts("killed")];
    const some = await documentOf("killed", "--unique", "player.id");
    expect(some.facts).toBe(before.length);
    expect(some.groups[0]?.figures[0]?.unique?.count).toBe(different(before));
    // A machine that is slow to kill may have let it end.
    const note = some.notes[0] ?? (hasEnded("killed") ? `its ${parts} whole parts count.` : "");
    expect(note).toContain(`its ${parts} whole parts count.`);
    await hellfact(["run", "--resume", "killed", "--quiet"], { cwd: folder });
    const all = await documentOf("killed", "--unique", "player.id");
    expect(all).toMatchObject({ facts: 240, work: { read: 0, kept: wholeParts("killed") } });
    expect(all.groups[0]?.figures[0]?.unique?.count).toBe(different(playersIn("killed")));
  });

  test("whose part has changed is refused by its name", async () => {
    cpSync(at("events"), at("changed"), { recursive: true });
    const [part] = linesOf("changed");
    const path = at(`changed/${part?.file}`);
    const bytes = readFileSync(path);
    bytes[bytes.length - 3000] = (bytes[bytes.length - 3000] ?? 0) ^ 1;
    writeFileSync(path, bytes);
    const { code, stderr } = await summarise("changed", "--count", "player.id", "--quiet");
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^hellfact: changed\/part-\S+: its CRC-32 is [0-9a-f]{8}, and should be [0-9a-f]{8}\.\n$/,
    );
  });

  test("of any format is read", async () => {
    const words = [
      "--facts",
      "60",
      "--codec",
      "msgpackr",
      "--roll",
      "500KB",
      "--sink",
      "file:packed",
    ];
    expect((await hellfact(["run", ...words, "--quiet"], { cwd: folder })).code).toBe(0);
    const { groups } = await documentOf("packed", ...ASKED);
    const own = facts.slice(0, 60);
    const [unique, , count] = groups[0]?.figures ?? [];
    expect(unique?.unique?.count).toBe(different(own.map(({ player }) => player.id)));
    expect(count?.values).toBe(
      own.flatMap(({ runs }) => runs.flatMap(({ events }) => events)).length,
    );
  }, 60_000);
});

describe("files", () => {
  const few = [
    { day: 1, name: "a", price: 3, tags: ["x", "y"] },
    { day: 1, name: "b", price: -0.5, tags: [] },
    { day: 2, name: "a", price: null, tags: ["x"] },
  ];
  const text = few.map((fact) => `${JSON.stringify(fact)}\n`).join("");
  writeFileSync(at("few.ndjson"), text);
  writeFileSync(at("few.ndjson.gz"), gzipSync(text));
  writeFileSync(at("few.json"), JSON.stringify(few, null, 2));
  writeFileSync(at("few.csv"), "day,name,price\n1,a,3\n1,b,-0.5\n2,a,\n");

  test.each(["few.ndjson", "few.ndjson.gz", "few.json", "few.csv"])("%s", async (file) => {
    const { groups } = await documentOf(
      file,
      "--top",
      "name",
      "--quantile",
      "price",
      "--by",
      "day",
    );
    expect(groups.map(({ key, facts: count }) => [key, count])).toEqual([
      [1, 2],
      [2, 1],
    ]);
    expect(groups[0]?.figures[0]?.top?.values).toEqual([
      { value: "a", atLeast: 1, atMost: 1 },
      { value: "b", atLeast: 1, atMost: 1 },
    ]);
    expect(groups[0]?.figures[1]?.quantile).toMatchObject({ min: -0.5, max: 3 });
  });

  test("standard input, and sketches of several machines, merge to what all facts say", async () => {
    const one = await shell(
      `head -2 few.ndjson | hellfact summarise - --unique name --save 1.sketch`,
      {
        cwd: folder,
      },
    );
    expect(one.code).toBe(0);
    await summarise("few.ndjson", "--unique", "name", "--save", "2.sketch");
    const { facts: count, groups } = await documentOf("--merge", "1.sketch", "2.sketch");
    expect([count, groups[0]?.figures[0]?.unique?.count]).toEqual([5, 2]);
  });

  test("values are told from each other: numbers in full, text that reads as something else in quotes", async () => {
    const values = [48_016_014, 657.75, "657.75", null, "null", true, "true", "a\nb"];
    const lines = values.map((value) => `${JSON.stringify({ value })}\n`);
    writeFileSync(at("alike.ndjson"), lines.join(""));
    const { stdout } = await summarise("alike.ndjson", "--top", "value", "--length", "9");
    const shown = [...stdout.matchAll(/^ (.+?) +1 +14\.3 %$/gm)].map(([, value]) => value);
    expect(new Set(shown)).toEqual(
      new Set(["48016014", "657.75", '"657.75"', '"null"', "true", '"true"', "a\\x0ab"]),
    );
    const csv = await summarise("alike.ndjson", "--top", "value", "--format", "csv");
    expect(csv.stdout).toContain('value,top,7,1,"""a\\nb""",1,1,1\n');
  });

  test("as text, Markdown and CSV, and reported again", async () => {
    const asked = ["few.ndjson", "--top", "tags[]", "--unique", "name", "--quantile", "price"];
    const { stdout } = await summarise(...asked);
    expect(stdout).toMatch(/^ 3 facts of few\.ndjson$/m);
    expect(stdout).toMatch(/^ x +2 +66\.7 %$/m);
    expect(stdout).toMatch(/^ price +-0\.500 /m);
    for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(100);
    expect((await hellfact(["report"], { cwd: folder })).stdout).toBe(stdout);
    expect((await summarise(...asked, "--format", "markdown")).stdout).toMatch(/\| name \| +2 \|/);
    expect((await summarise(...asked, "--format", "csv")).stdout).toContain(
      'tags[],top,3,0,"""x""",2,2,2\n',
    );
    const page = await hellfact(["report", "--format", "html"], { cwd: folder });
    expect(page.stdout).toContain("A summary of facts");
  });
});

describe("--exact", () => {
  test("says how far each figure is off", async ({ skip }) => {
    if (!hasDuckDb) skip("DuckDB is not installed");
    const asked = ["--top", "player.country", "--by", "player.platform", "--exact"];
    const { code, stderr } = await summarise("events", ...asked);
    expect(code).toBe(2); // there is no such field
    expect(stderr).toContain("The schema has no player.platform.");
    const { exact, groups } = await documentOf(
      "events",
      ...ASKED,
      "--by",
      "player.country",
      "--exact",
    );
    expect(exact?.checks).toHaveLength(groups.length * 3);
    expect(exact?.checks.filter(({ error, bound }) => error > bound)).toEqual([]);
  }, 60_000);

  test("counts what DuckDB does not read, at keys of any kind, and shows what is exact", async ({
    skip,
  }) => {
    if (!hasDuckDb) skip("DuckDB is not installed");
    const keys = ["a.b", 'q"q', "back\\slash", "größe", "*", "", "a[0]", "$", "~/"];
    const odd = Array.from({ length: 40 }, (_, number) => ({
      id: number,
      odd: Object.fromEntries(keys.map((key, place) => [key, number % (place + 2)])),
    }));
    writeFileSync(at("odd.ndjson"), odd.map((fact) => `${JSON.stringify(fact)}\n`).join(""));
    writeFileSync(at("odd.json"), JSON.stringify(odd, null, 2));
    const asked = keys.flatMap((key) => ["--unique", `odd.${JSON.stringify(key)}`]);
    for (const input of ["odd.ndjson", "odd.json"]) {
      const { exact } = await documentOf(input, ...asked, "--quantile", "id", "--exact");
      expect(exact?.checks.slice(0, keys.length).map((check) => check.exact)).toEqual(
        keys.map((_, place) => [place + 2]),
      );
      expect(exact?.checks.filter(({ error, bound }) => error > bound)).toEqual([]);
    }
    const { stdout } = await summarise("odd.ndjson", "--quantile", "id", "--exact");
    expect(stdout).toMatch(
      /greatest +values +off by\n id +0 .+ 39 +40 +0.* %\n {3}exact +0 .+ 19 /,
    );
  }, 60_000);

  test.each(codecs.map((codec) => [codec]))(
    "and query read %s as it was written",
    async (codec) => {
      const run = ["run", "--facts", "40", "--codec", codec, "--sink", `file:${codec}`, "--quiet"];
      expect((await hellfact(run, { cwd: folder })).code).toBe(0);
      const { exact } = await documentOf(
        codec,
        "--count",
        "runs[]",
        "--unique",
        "player.id",
        "--exact",
      );
      const some = facts.slice(0, 40);
      const runs = some.reduce((sum, fact) => sum + fact.runs.length, 0);
      const players = new Set(some.map(({ player }) => player.id)).size;
      expect(exact?.checks.map((check) => check.exact)).toEqual([[runs], [players]]);
      const sql = "SELECT sum(len(runs)), count(DISTINCT player.id) FROM facts";
      const asked = await hellfact(["query", sql, codec, "--quiet", "--format", "csv"], {
        cwd: folder,
      });
      expect(asked.stdout.split("\n")[1]).toBe(`${runs},${players}`);
    },
    60_000,
  );
});

test.each([
  [["events", "--unique", "player.idd"], "The schema has no player.idd. Did you mean player.id"],
  [["few.ndjson", "--unique", "nam"], "The schema has no nam. Did you mean name"],
  [
    ["few.ndjson", "--quantile", "name"],
    "--quantile name: none of its 3 values is a number. Ask for --unique name",
  ],
  [["few.ndjson", "--unique", "tags"], "--unique tags: all of its 3 values are objects or lists."],
  [["few.ndjson", "--unique", "a..b"], "a key is missing at its character 3"],
  [["none.ndjson", "--unique", "a"], "none.ndjson: there is no such file."],
  [[".", "--unique", "a"], ". holds no run: there is no manifest.ndjson in it."],
  [["--unique", "a"], "there is nothing to sum up"],
  [["few.ndjson", "--merge"], "--merge takes sketches, and few.ndjson is none"],
  [["bad.ndjson", "--unique", "a"], "bad.ndjson line 2, byte 13: "],
  [["cut.sketch"], "cut.sketch: "],
])("%j is refused in one line", async (words, complaint) => {
  writeFileSync(at("bad.ndjson"), '{"a":1}\n{"a":}\n');
  writeFileSync(at("cut.sketch"), "HFSK\u0004\u0001");
  const { code, stdout, stderr } = await refused(["summarise", ...words], { cwd: folder });
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr.trimEnd()).not.toContain("\n");
  expect(stderr).toContain(`hellfact: ${complaint}`.replace("hellfact: a key", "a key"));
});
