/**
 * What it costs to take a map for a record: 6,000 clicks, each with some of 400 experiments that are on, off
 * or a variant, written by the codecs that need a schema; by the schema that is inferred, and by the one
 * with a field for every experiment. Rounds of both in turn, by processor time; exits with 1 if a map
 * does not pay ten times.
 *
 * `npm run bench:maps`
 */
import type { Codec } from "../src/core/codec.js";
import type { Fact } from "../src/core/fact.js";
import { encoderOf, FactWriter } from "../src/pipeline/fact-writer.js";
import { loadParts } from "../src/pipeline/parts.js";
import { SchemaInference, type Decisions } from "../src/schema/infer.js";
import { nullSink } from "../src/sinks/null.js";
import { clicks } from "./clicks.js";

const FACTS = 6000;
const ROUNDS = 7;
const WANTED = 10;
const CODECS = ["protobuf", "fast-json-stringify", "compiled-json"];

const facts: Fact[] = clicks(FACTS).map((click) => ({ ...click }));

function inferred(decisions?: Decisions) {
  const inference = new SchemaInference(decisions === undefined ? {} : { decisions });
  for (const fact of facts) inference.observe(fact);
  return inference.result().schema;
}

type Write = () => number;

/** Writes the first of the facts; returns the CPU-seconds for each. */
async function writer(
  name: string,
  schema: ReturnType<typeof inferred>,
  some: number,
): Promise<Write> {
  const parts = await loadParts({ codec: name }, "none");
  const codec: ReturnType<Codec["open"]> = parts.codec.open({ schema });
  return () => {
    const out = new FactWriter({ ...parts, ...encoderOf(parts.codec, codec) }, nullSink());
    const start = process.cpuUsage();
    for (const fact of facts.slice(0, some)) out.add(fact);
    out.endFile();
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1e6 / some;
  };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

const map = inferred();
const record = inferred({ maps: [], records: ["experiments"] });
console.log(
  `inferred: experiments is ${map.properties?.["experiments"]?.properties ? "a record" : "a map"}`,
);
console.log("codec                 as a map    as a record   ratio  (facts/s by processor time)");
let least = Infinity;
for (const name of CODECS) {
  const asMap = await writer(name, map, FACTS);
  const asRecord = await writer(name, record, FACTS / 6);
  for (const write of [asMap, asRecord]) write(); // warms up
  const rounds = Array.from({ length: ROUNDS }, () => [asMap(), asRecord()] as const);
  const ratio = median(rounds.map(([one, other]) => other / one));
  const rate = (which: 0 | 1) => Math.round(1 / median(rounds.map((round) => round[which])));
  const figures = [rate(0), rate(1)].map((figure) => String(figure).padStart(11));
  console.log(`${name.padEnd(19)} ${figures.join("  ")}     ${ratio.toFixed(1).padStart(6)}`);
  if (name !== "compiled-json") least = Math.min(least, ratio);
}
console.log(`a map pays at least ${least.toFixed(1)} times (wanted: ${WANTED})`);
process.exitCode = least >= WANTED ? 0 : 1;
