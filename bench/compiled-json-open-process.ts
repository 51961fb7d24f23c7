/**
 * Opens a schema in a fresh process that has done nothing else, and prints the processor time of each step in
 * milliseconds, as JSON. Words: a file of `{ schema, facts }`, and `use`, `native` or `steps`.
 */
import { readFileSync } from "node:fs";
import type { JsonSchema } from "../src/core/json-schema.js";

const [path = "", mode = "use"] = process.argv.slice(2);
const { schema, facts } = JSON.parse(readFileSync(path, "utf8")) as {
  readonly schema: JsonSchema;
  readonly facts: readonly object[];
};
const [fact = {}] = facts;
const all = facts.map((one) => Buffer.from(JSON.stringify(one)));
const [bytes = Buffer.of()] = all;
const times: Record<string, number> = {};

/** Processor time of the process, its helpers' too, in milliseconds. */
function spent(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

let from = spent();
function done(step: string): void {
  times[step] = spent() - from;
  from = spent();
}

/** All facts by one way: the first, the dearest of the others, and their sum. */
function each(name: string, way: (index: number) => void): void {
  const own = facts.map((_, index) => {
    const begun = spent();
    way(index);
    return spent() - begun;
  });
  times[`${name}, first`] = own[0] ?? NaN;
  times[`${name}, dearest other`] = Math.max(...own.slice(1));
  times[`${name}, all`] = own.reduce((sum, one) => sum + one, 0);
}

/** As the library is used. */
async function use(): Promise<void> {
  const { compileReader, compileWriter, Slab } = await import("../src/compiled-json/index.js");
  done("modules");
  const slab = new Slab(1 << 20);
  let write: ReturnType<typeof compileWriter> | undefined;
  each("write", (index) => {
    write ??= compileWriter(schema);
    slab.position = 0;
    write(facts[index], slab);
  });
  let read: ReturnType<typeof compileReader>["read"] | undefined;
  each("read", (index) => {
    read ??= compileReader(schema).read;
    read(all[index] ?? bytes);
  });
}

async function native(): Promise<void> {
  const { writeNatively } = await import("../src/compiled-json/writer/runtime.js");
  const { parse } = await import("../src/compiled-json/reader/compile.js");
  const { Slab } = await import("../src/core/slab.js");
  const slab = new Slab(1 << 20);
  each("write", (index) => {
    slab.position = 0;
    writeNatively(facts[index], slab);
  });
  each("read", (index) => void parse(all[index] ?? bytes));
}

/** Everything at once for one fact, step by step. */
async function steps(): Promise<void> {
  const { planOf } = await import("../src/compiled-json/plan.js");
  const { bindWriter, createWriterRuntime } =
    await import("../src/compiled-json/writer/runtime.js");
  const { writerSource } = await import("../src/compiled-json/writer/source.js");
  const { createParser } = await import("../src/compiled-json/reader/parser.js");
  const { createTape, TAPE_START } = await import("../src/compiled-json/reader/tape.js");
  const { INPUT } = await import("../src/compiled-json/reader/layout.js");
  const { Slab } = await import("../src/core/slab.js");
  const slab = new Slab(1 << 20);
  from = spent();
  const plan = planOf(schema);
  done("writer: plan");
  const runtime = createWriterRuntime();
  done("writer: memory, WebAssembly");
  const source = writerSource(plan);
  done("writer: text");
  // oxlint-disable-next-line typescript/no-implied-eval
  const make = new Function("runtime", source) as (
    names: object,
  ) => Parameters<typeof bindWriter>[0];
  const write = bindWriter(make(runtime.names), runtime);
  done("writer: new Function");
  write(fact, slab);
  done("writer: first fact, in cold code");
  slab.position = 0;
  write(fact, slab);
  done("(the same fact again)");
  const parser = createParser();
  done("reader: memory, WebAssembly");
  const tape = createTape(parser);
  const node = parser.newNode();
  done("reader: tape");
  parser.load(bytes);
  parser.read(INPUT, node);
  done("reader: first fact to the tape, keys");
  tape.value(TAPE_START);
  done("reader: its objects, new Functions");
  parser.load(bytes);
  parser.read(INPUT, node);
  tape.value(TAPE_START);
  done("(the same fact read again)");
}

await (mode === "steps" ? steps() : mode === "native" ? native() : use());
console.log(JSON.stringify(times));
