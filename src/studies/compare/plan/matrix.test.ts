import { expect, test } from "vitest";
import { defaultMatrix } from "../../../testing/document.js";
import { planMatrix, type MatrixOptions } from "./matrix.js";

const base = await defaultMatrix();

const find = (options: MatrixOptions, words: string) =>
  planMatrix(options).filter(
    ({ scenario }) => `${scenario.codec} ${scenario.compressor} ${scenario.direction}` === words,
  );

test("gzip means level 6, and is read by both engines for json alone", () => {
  expect(find(base, "json gzip:6 read").map(({ scenario }) => scenario.engine)).toEqual([
    "node:zlib",
    "zlib-sync",
  ]);
  expect(find(base, "msgpackr gzip:6 read").map(({ scenario }) => scenario.engine)).toEqual([
    "node:zlib",
  ]);
});

test("single fields are read from uncompressed files, unless asked for", () => {
  expect(find(base, "json none project")).toHaveLength(1);
  expect(find(base, "json gzip:6 project")).toHaveLength(0);
  expect(find({ ...base, directions: ["project"] }, "json gzip:6 project")).toHaveLength(1);
});

test("what a codec cannot do is said, and what another does for it is named", () => {
  expect(find(base, "simdjson none write")).toMatchObject([
    { without: { status: "unsupported", reason: "cannot write; it reads what json writes" } },
  ]);
  expect(find(base, "fast-json-stringify none read")).toMatchObject([
    { without: { status: "unsupported", sameAs: "json" } },
  ]);
});

test("a codec that reads as another is read itself where that one is not compared", () => {
  const codecs = base.codecs.filter(({ name }) => name === "fast-json-stringify");
  expect(find({ ...base, codecs }, "fast-json-stringify none read")).toMatchObject([
    { codec: { name: "fast-json-stringify" } },
  ]);
});

test("without a schema, codecs that need one say so", () => {
  const without = planMatrix({ ...base, hasSchema: false, directions: ["write"] })
    .filter((entry) => "without" in entry && entry.without.reason === "needs a schema")
    .map(({ scenario }) => scenario.codec);
  expect(new Set(without)).toEqual(new Set(["compiled-json", "fast-json-stringify", "protobuf"]));
});

test("a codec that does not load takes only its own rows with it", () => {
  const codecs = base.codecs.map((loaded) =>
    loaded.name === "simdjson" ? { name: "simdjson", unavailable: "no compiler" } : loaded,
  );
  const planned = planMatrix({ ...base, codecs });
  const gone = planned.filter(
    (entry) => "without" in entry && entry.without.status === "unavailable",
  );
  expect(new Set(gone.map(({ scenario }) => scenario.codec))).toEqual(new Set(["simdjson"]));
  expect(planned.filter((entry) => "codec" in entry).length).toBeGreaterThan(10);
});

test("only writing is synced, and only to files", () => {
  const syncs = (options: MatrixOptions) =>
    new Set(planMatrix(options).map(({ scenario }) => `${scenario.direction} ${scenario.sync}`));
  expect(syncs({ ...base, directions: ["write", "read"] })).toEqual(
    new Set(["write close", "read null"]),
  );
  expect(syncs({ ...base, sink: "null", directions: ["write"] })).toEqual(new Set(["write none"]));
});
