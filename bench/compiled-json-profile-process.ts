/**
 * What a fact takes with one part of the work left out, in a process of its own, because engines
 * compile shared code for all that use it: prints processor microseconds for a fact. Words: the part.
 */
import type { ByteWriter } from "../src/core/byte-writer.js";
import { Slab } from "../src/core/slab.js";
import { planOf } from "../src/compiled-json/plan.js";
import { INPUT } from "../src/compiled-json/reader/layout.js";
import { createParser } from "../src/compiled-json/reader/parser.js";
import { createTape, TAPE_START } from "../src/compiled-json/reader/tape.js";
import {
  bindWriter,
  createWriterRuntime,
  type CompiledWriter,
} from "../src/compiled-json/writer/runtime.js";
import { ShapeLearner } from "../src/compiled-json/writer/shapes.js";
import { isStraight, writerSource } from "../src/compiled-json/writer/source.js";
import { PAYLOADS } from "./compiled-json-payloads.js";

const [part = "write"] = process.argv.slice(2);
const { facts, schema } = (PAYLOADS["hell facts"] ?? (() => ({ facts: [], schema: {} })))();
const slab = new Slab(8 << 20);
let kept = 0;

/** Takes what is written, and does nothing with it. */
const nowhere: ByteWriter = {
  buffer: slab.buffer,
  position: 0,
  reserve: () => undefined,
  bytes: () => undefined,
  utf8: () => undefined,
};

/** Small whole numbers are written on the spot, the others by a call: neither puts a byte. */
const withoutNumbers = (source: string) =>
  source
    .replaceAll(/if \(n === v && n >>> 0 < \d+\)/g, "if (true)")
    .replaceAll(
      /const word = shorts\[n\]; view\.setInt32\(p \+ \d+, word, true\); p \+= (\d+) \+ \(word >>> 24\);/g,
      "p += $1 + (n & 1);",
    );
/** Constants: keys, words and brackets. */
const withoutConstants = (source: string) =>
  source
    .replaceAll(/view\.setFloat64\([^;]*;/g, "")
    .replaceAll(/view\.setInt32\(p(?: \+ \d+)?, -?\d+, true\);/g, "")
    .replaceAll(/bytes\[p(?: \+ \d+)?\] = \d+;/g, "");

const noString = { string: (p: number, text: string) => p + (text.length & 15) };
const noNumber = { number: (p: number) => p + 1 };
const whole = (source: string) => source;
const WRITERS: Readonly<
  Record<string, readonly [change: (source: string) => string, names: object, out: ByteWriter]>
> = {
  write: [whole, {}, slab],
  "write without strings": [whole, noString, slab],
  "write without numbers": [withoutNumbers, noNumber, slab],
  "write without keys": [withoutConstants, {}, slab],
  "write without copy": [whole, {}, nowhere],
  "write nothing": [
    (source) => withoutConstants(withoutNumbers(source)),
    { ...noString, ...noNumber },
    nowhere,
  ],
};

function writing(name: string): (index: number) => void {
  const [change, names, out] = WRITERS[name] ?? [whole, {}, slab];
  const plan = planOf(schema);
  const learner = new ShapeLearner(plan, (one) => !isStraight(one));
  for (const fact of facts) if (!learner.done) learner.observe(Buffer.from(JSON.stringify(fact)));
  const runtime = createWriterRuntime();
  const source = change(writerSource(plan, learner.shapes()));
  // oxlint-disable-next-line typescript/no-implied-eval
  const make = new Function("runtime", source) as (names: object) => CompiledWriter;
  const write = bindWriter(make({ ...runtime.names, ...names }), runtime);
  return (index) => {
    out.position = 0;
    write(facts[index], out);
    kept += out.position;
  };
}

function reading(name: string): (index: number) => void {
  const bytes = facts.map((fact) => Buffer.from(JSON.stringify(fact)));
  const none = Buffer.alloc(0);
  const parser = createParser();
  const tape = createTape(parser);
  const context = parser.newNode();
  return (index) => {
    kept += parser.load(bytes[index] ?? none);
    if (name === "read: copy") return;
    if (name === "read: copy, check") kept += parser.check(INPUT, context);
    else kept += parser.read(INPUT, context);
    if (name === "read") kept += tape.value(TAPE_START) === null ? 1 : 0;
  };
}

const one = part.startsWith("write") ? writing(part) : reading(part);
const MILLISECONDS = 60;

/** Processor microseconds for a fact, over whole walks of the pool. */
function walk(): number {
  const before = process.cpuUsage();
  const from = performance.now();
  let done = 0;
  do {
    for (let index = 0; index < facts.length; index++) one(index);
    done += facts.length;
  } while (performance.now() - from < MILLISECONDS);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / done;
}

for (let turn = 0; turn < 10; turn++) walk();
const turns = Array.from({ length: 9 }, walk).toSorted((a, b) => a - b);
console.log(turns[4]);
if (kept < 0) console.log(kept);
