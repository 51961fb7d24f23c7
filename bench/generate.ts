/**
 * How much faster facts are made than anything encodes them, than telling one again as another
 * player's, and than a program with @faker-js/faker fills the same shape. By turns in one process.
 *
 *   npm run bench:generate [-- rounds]
 */
import { DEFAULT_PROFILE } from "../generators/profile.js";
import { World } from "../generators/world.js";
import type { Fact } from "../src/core/fact.js";
import { Slab } from "../src/core/slab.js";
import { loadPlugin, pluginNames } from "../src/plugins/catalog.js";
import { borderless } from "../src/report/layout.js";
import { significant } from "../src/report/numbers.js";
import { generatorSource } from "../src/sources/generator.js";
import { medianInterval } from "../src/stats/median-interval.js";
import { fakedFact } from "./faked-facts.js";

const ROUNDS = Number(process.argv[2] ?? 25);
const TURN_MILLISECONDS = 60;
const POOL_FACTS = 256;

/** Keeps the last few results alive, or the optimiser would not make them. */
const ring: unknown[] = Array.from({ length: 4 }, () => null);

interface RuntimeConfiguration {
  readonly name: string;
  /** Does its work once, for the fact of this number. */
  readonly step: (number: number) => void;
}

const world = new World(42);
const duplicates = new World(42, { ...DEFAULT_PROFILE, duplication: 1_000_000 });
const pool = Array.from({ length: POOL_FACTS }, (_, index) => world.fact(index));

const making: RuntimeConfiguration = {
  name: "making",
  step: (number) => {
    ring[number & 3] = world.fact(number);
  },
};
const others: RuntimeConfiguration[] = [
  {
    name: "making it again as another player's",
    step: (number) => {
      ring[number & 3] = duplicates.fact(number);
    },
  },
  {
    name: "@faker-js/faker",
    step: (number) => {
      ring[number & 3] = fakedFact(number);
    },
  },
  ...(await encoders()),
];

async function encoders(): Promise<RuntimeConfiguration[]> {
  const { schema } = generatorSource({ seed: 42, from: 0 });
  const configurations: RuntimeConfiguration[] = [];
  for (const name of pluginNames("codecs")) {
    const { encode } = (await loadPlugin("codecs", name)).open(
      schema === undefined ? {} : { schema },
    );
    if (encode === undefined) continue;
    const slab = new Slab(1 << 20);
    const step = (number: number) => {
      slab.position = 0;
      encode(pool[number % POOL_FACTS] as Fact, slab);
    };
    configurations.push({ name: `encoding ${name}`, step });
  }
  return configurations;
}

/** Facts per second over one turn. */
function rateOf({ step }: RuntimeConfiguration): number {
  const start = performance.now();
  let facts = 0;
  let passed = 0;
  for (; passed < TURN_MILLISECONDS; passed = performance.now() - start) {
    // Whole blocks of facts, whose mean size is that of all.
    for (let left = 32; left > 0; left--) step(facts++);
  }
  return (facts / passed) * 1000;
}

const configurations = [making, ...others];
for (const configuration of configurations)
  for (let turn = 0; turn < 8; turn++) rateOf(configuration);
const rates = new Map(configurations.map((configuration) => [configuration, [] as number[]]));
for (let round = 0; round < ROUNDS; round++) {
  for (const configuration of configurations) rates.get(configuration)?.push(rateOf(configuration));
}

const made = rates.get(making) ?? [];
const table = borderless({
  gap: 3,
  colAligns: ["left", "right", "right", "right"],
});
table.push(["", "facts/s", "making: times as fast", "95 % interval"]);
for (const configuration of configurations) {
  const own = rates.get(configuration) ?? [];
  const ratio = medianInterval(own.map((rate, round) => (made[round] ?? NaN) / rate));
  table.push([
    configuration.name,
    significant(medianInterval(own).median),
    configuration === making ? "" : significant(ratio.median),
    configuration === making ? "" : `${significant(ratio.low)} to ${significant(ratio.high)}`,
  ]);
}
console.log(
  `${ROUNDS} rounds of ${TURN_MILLISECONDS} ms each, facts of 40 kB\n\n${table.toString()}`,
);
console.log(
  "\nWanted: 5 times as fast as the fastest encoder, 20 times as @faker-js/faker; making it again, " +
    "20 times as fast as making (0.05).",
);
