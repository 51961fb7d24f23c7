/**
 * The compiled way and the native one by turns over the same facts, in this process: prints how many times as
 * fast the compiled one is, by processor time, as the median of its turns. Words: `write`, `read` or `project`,
 * and a payload.
 */
import { Slab } from "../src/core/slab.js";
import { valueAt } from "../src/core/fact.js";
import { compileReader, parse } from "../src/compiled-json/reader/compile.js";
import { compileWriter } from "../src/compiled-json/writer/compile.js";
import { documentPayload, FIELDS, PAYLOADS } from "./compiled-json-payloads.js";

const [direction = "write", name = ""] = process.argv.slice(2);
const TURN_MICROSECONDS = 20_000;
const WARM_UP_TURNS = 20;
/** By then compiled code is optimised, and what is faster is chosen. */
const WARM_UP_BYTES = 200e6;
const TURNS = 7;
const { facts, schema } = PAYLOADS[name]?.() ?? documentPayload(name);
let kept = 0;

/** Processor time in microseconds. */
const spent = () => {
  const { user, system } = process.cpuUsage();
  return user + system;
};

type Way = (index: number) => void;

function ways(): readonly [compiled: Way, native: Way] {
  if (direction === "write") {
    const write = compileWriter(schema);
    const slab = new Slab(4 << 20);
    return [
      (index) => {
        slab.position = 0;
        write(facts[index], slab);
        kept += slab.position;
      },
      (index) => (kept += Buffer.from(JSON.stringify(facts[index])).length),
    ];
  }
  const bytes = facts.map((fact) => Buffer.from(JSON.stringify(fact)));
  const none = Buffer.from("{}");
  const { read, project } = compileReader(schema);
  if (direction === "read") {
    return [
      (index) => (kept += read(bytes[index] ?? none) === undefined ? 1 : 0),
      (index) => (kept += parse(bytes[index] ?? none) === undefined ? 1 : 0),
    ];
  }
  return [
    (index) => (kept += project(bytes[index] ?? none, FIELDS).length),
    (index) => {
      const fact = parse(bytes[index] ?? none);
      kept += FIELDS.map((path) => valueAt(fact, path)).length;
    },
  ];
}

/** Processor microseconds for a fact, over whole walks of the facts. */
function turn(way: Way): number {
  const from = spent();
  let done = 0;
  let taken = 0;
  do {
    for (let index = 0; index < facts.length; index++) way(index);
    done += facts.length;
    taken = spent() - from;
  } while (taken < TURN_MICROSECONDS);
  return taken / done;
}

const [compiled, native] = ways();
const factBytes = facts.reduce((sum, fact) => sum + JSON.stringify(fact).length, 0) / facts.length;
for (let turns = 0, bytes = 0; turns < WARM_UP_TURNS || bytes < WARM_UP_BYTES; turns++) {
  bytes += (TURN_MICROSECONDS / turn(compiled)) * factBytes;
  turn(native);
}
const ratios: number[] = [];
for (let number = 0; number < TURNS; number++) {
  const own = turn(compiled);
  ratios.push(turn(native) / own);
}
console.log(ratios.toSorted((a, b) => a - b)[TURNS >> 1]);
if (kept < 0) console.log(kept);
