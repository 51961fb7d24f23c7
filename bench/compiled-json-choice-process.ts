/**
 * Which way to read is chosen in this process: prints `first` (compiled) or `second` (JSON.parse).
 * Words: payload, and `long` to print instead how much faster the first is, from many turns.
 */
import { fasterOf } from "../src/compiled-json/choice.js";
import { parse, readersOf } from "../src/compiled-json/reader/compile.js";
import { documentPayload, PAYLOADS } from "./compiled-json-payloads.js";

const [name = "hell facts", kind] = process.argv.slice(2);
const CHOICE_BYTES = 180_000_000;
const TURNS = 60;
const { facts } = PAYLOADS[name]?.() ?? documentPayload(name);
const payloads = facts.slice(0, 60).map((fact) => Buffer.from(JSON.stringify(fact)));
const { readCompiled } = readersOf();

/** Processor microseconds for one walk over all facts. */
function walk(read: (bytes: Uint8Array) => unknown): number {
  const before = process.cpuUsage();
  for (const bytes of payloads) read(bytes);
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

if (kind === "long") {
  const ratios: number[] = [];
  for (let turn = 0; turn < TURNS; turn++) {
    const own = walk(readCompiled);
    const native = walk(parse);
    if (turn > TURNS / 4) ratios.push(native / own);
  }
  console.log(ratios.toSorted((a, b) => a - b)[ratios.length >> 1]);
} else {
  let last = "";
  const read = fasterOf(
    (bytes) => {
      last = "first";
      return readCompiled(bytes);
    },
    (bytes) => {
      last = "second";
      return parse(bytes);
    },
  );
  for (let bytes = 0; bytes < CHOICE_BYTES;) {
    for (const one of payloads) {
      read(one);
      bytes += one.length;
    }
  }
  console.log(last);
}
