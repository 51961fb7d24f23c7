/** Facts asked in their file, by a reader that materialises only the values that are wanted. */
import { readFileSync, statSync } from "node:fs";
import type { Path } from "../../../core/fact.js";
import { compileReader } from "../../../compiled-json/index.js";
import { generatorSource } from "../../../sources/generator.js";
import type { Average } from "./questions.js";
import type { OpenWay, WayPlace } from "./way.js";

const NEWLINE = 0x0a;
const LEVEL: readonly Path[] = [["player", "level"]];
const BY_COUNTRY: readonly Path[] = [
  ["player", "country"],
  ["player", "level"],
];
const SESSION: readonly Path[] = [["session", "id"]];

/** Every question reads the file: a cache of it is the system's business, as with the other files. */
export async function openProjected({ ndjson }: WayPlace): Promise<OpenWay> {
  const { project } = compileReader(generatorSource({ seed: 0, from: 0 }).schema ?? {});
  const lines = function* () {
    const bytes = readFileSync(ndjson);
    for (let start = 0; start < bytes.length;) {
      const end = bytes.indexOf(NEWLINE, start);
      if (end === -1) return;
      yield bytes.subarray(start, end);
      start = end + 1;
    }
  };
  return {
    server: "compiled-json",
    load: async () => undefined,
    storedBytes: async () => statSync(ndjson).size,
    byId: async (id) => {
      // The id stands in the line as it is; what has it elsewhere is told apart by its field.
      const bytes = readFileSync(ndjson);
      const wanted = Buffer.from(`"${id}"`);
      for (let at = bytes.indexOf(wanted); at !== -1; at = bytes.indexOf(wanted, at + 1)) {
        const start = bytes.lastIndexOf(NEWLINE, at) + 1;
        const line = bytes.subarray(start, bytes.indexOf(NEWLINE, at));
        const [found, session] = project(line, [["factId"], ...SESSION]);
        if (found === id) return String(session);
      }
      return undefined;
    },
    inRange: async (low, high) => {
      let facts = 0;
      for (const line of lines()) {
        const level = Number(project(line, LEVEL)[0]);
        if (level >= low && level <= high) facts += 1;
      }
      return facts;
    },
    averages: async () => {
      const sums = new Map<string, { sum: number; facts: number }>();
      for (const line of lines()) {
        const [country, level] = project(line, BY_COUNTRY);
        const known = sums.get(String(country)) ?? { sum: 0, facts: 0 };
        sums.set(String(country), { sum: known.sum + Number(level), facts: known.facts + 1 });
      }
      return [...sums].map(([country, { sum, facts }]): Average => [country, sum / facts, facts]);
    },
    clear: async () => undefined,
    close: async () => undefined,
  };
}
