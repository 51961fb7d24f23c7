/**
 * One contender on one payload, in a process of its own: prints facts a second, or milliseconds until the
 * first fact is written for `open`. Words: contender, payload, seconds.
 */
import { loadPlugin } from "../src/plugins/catalog.js";
import { Slab } from "../src/core/slab.js";
import { documentPayload, FIELDS, PAYLOADS } from "./compiled-json-payloads.js";

const [contender = "", name = "", seconds = "1"] = process.argv.slice(2);
const [direction = "", codecName = ""] = contender.split(":");
const { facts, schema } = PAYLOADS[name]?.() ?? documentPayload(name);
let kept = 0;

const startedAt = performance.now();
const codec = codecName === "native" ? undefined : await loadPlugin("codecs", codecName);
const loadedAt = performance.now();
const open = codec?.open({ schema });
const openedAt = performance.now();
const slab = new Slab(4 << 20);
if (direction === "open") open?.encode?.(facts[0] ?? {}, slab); // whether it compiles now or then
const writtenAt = performance.now();

function work(): (index: number) => void {
  switch (direction) {
    case "write":
    case "cold":
      if (open === undefined) {
        return (index) => (kept += Buffer.from(JSON.stringify(facts[index])).length);
      }
      return (index) => {
        slab.position = 0;
        open.encode?.(facts[index] ?? {}, slab);
        kept += slab.position;
      };
    default: {
      const bytes = facts.map((fact) => Buffer.from(JSON.stringify(fact)));
      const none = Buffer.from("{}");
      return direction === "project"
        ? (index) => (kept += open?.project?.(bytes[index] ?? none, FIELDS).length ?? 0)
        : (index) => (kept += open?.decode?.(bytes[index] ?? none) === undefined ? 0 : 1);
    }
  }
}

/** Facts a second over whole passes of the pool, until `limit` seconds are over. */
function rate(limit: number, one: (index: number) => void): number {
  const from = performance.now();
  let done = 0;
  do {
    for (let index = 0; index < facts.length; index++) one(index);
    done += facts.length;
  } while (performance.now() - from < limit * 1000);
  return (done / (performance.now() - from)) * 1000;
}

if (direction === "open") {
  console.log(writtenAt - loadedAt);
} else if (direction === "cold") {
  // Compiling counts; facts are taken one by one until a second is over.
  const one = work();
  const from = performance.now() - (openedAt - startedAt);
  let done = 0;
  while (performance.now() - from < 1000) one(done++ % facts.length);
  console.log(done);
} else {
  const one = work();
  rate(Number(seconds) * 2, one); // compilers that watch take their time
  console.log(rate(Number(seconds), one));
}
if (kept < 0) console.log(kept);
