import { InvalidArgumentError, Option, type Command } from "commander";
import { InputError } from "../../core/errors.js";
import { SIZE_DEFAULTS } from "./defaults.js";
import { counted } from "../../report/numbers.js";
import { DAY_SECONDS, PRESETS, type Load, type PresetName } from "./model/load.js";
import { plainMachine, type Machine } from "./model/machine.js";
import type { StorageTerms } from "./model/money.js";
import { findMachine, type PriceTable } from "./model/prices.js";
import {
  addCommonOptions,
  count,
  examples,
  list,
  size,
  type CommonOptions,
} from "../../terminal/options.js";

/** What a sizing is told, by the command line or by a program. */
export interface SizingWishes {
  readonly out: string;
  readonly preset?: PresetName;
  readonly factsPerDay?: number;
  readonly factsPerSecond?: number;
  readonly duplication: number;
  readonly peak: number;
  readonly readsPerWrite: number;
  readonly coreSecondsPerDay?: number;
  readonly instance?: readonly string[];
  readonly vcpus?: number;
  readonly price?: number;
  readonly pricePerDay?: number;
  readonly prices?: string;
  readonly utilisation?: number;
  readonly spare: number;
  readonly retention?: number;
  readonly storagePrice?: number;
  readonly localDisk: boolean;
  readonly localDiskSpeed?: number;
  readonly coreSpeed?: number;
  readonly cheapest: boolean;
  readonly arch?: "arm64" | "x86_64";
  readonly currentGeneration: boolean;
  readonly burstable: boolean;
  readonly cluster: boolean;
  readonly range: number;
}

export interface SizeOptions extends CommonOptions, SizingWishes {
  readonly results?: string;
  readonly calibrate: boolean;
  readonly chart?: string | true;
  readonly format: "text" | "markdown" | "html";
  readonly output?: string;
}

export function addSizeOptions(command: Command): Command {
  command
    .option("--results <file>", "a result document of bench or run (default: the latest)")
    .addOption(
      new Option("--preset <load>", "a load (default: totalhelldeath)").choices(
        Object.keys(PRESETS),
      ),
    )
    .option("--facts-per-day <n>", "the load, such as 8.5M", positive("8.5M"))
    .option("--facts-per-second <n>", "the load, such as 98.4", positive("98.4"))
    .addOption(
      new Option("--duplication <n>", "each fact is told so often")
        .argParser(count(1))
        .default(SIZE_DEFAULTS.duplication),
    )
    .addOption(
      new Option("--peak <n>", "the busiest time brings so many times the mean")
        .argParser(atLeastOne)
        .default(SIZE_DEFAULTS.peak),
    )
    .addOption(
      new Option("--reads-per-write <n>", "each fact is read back so often")
        .argParser(fromZero("0.5"))
        .default(SIZE_DEFAULTS.readsPerWrite),
    )
    .option(
      "--core-seconds-per-day <n>",
      "CPU-seconds of the whole load, instead of a result document",
      positive("115000"),
    )
    .option("--instance <types>", "types of the price table, such as c7g.2xlarge,c7i.xlarge", list)
    .option("--vcpus <n>", "a machine of one's own, with --price or --price-per-day", count(1))
    .option("--price <usd>", "dollars an hour, in place of the table's", positive("0.29"))
    .option("--price-per-day <usd>", "dollars a day, in place of the table's", positive("16"))
    .option("--prices <file>", "a price table of one's own: CSV with the columns of ours")
    .option(
      "--utilisation <share>",
      "use no more of a resource (default: 70%; 60% with --spare; 100% of --core-seconds-per-day)",
      wholeShare,
    )
    .addOption(
      new Option("--spare <n>", "machines that may fail, beside those that carry the load")
        .argParser(count(0))
        .default(SIZE_DEFAULTS.spare),
    )
    .option("--retention <time>", "how long written bytes are kept, such as 90d", days)
    .option(
      "--storage-price <usd>",
      `dollars a GB and month (default: ${DEFAULT_STORAGE_PRICE})`,
      fromZero("0.023"),
    )
    .addOption(
      new Option("--local-disk", "write to the machine's own disk").default(
        SIZE_DEFAULTS.localDisk,
      ),
    )
    .option("--local-disk-speed <size>", "what that takes in a second, such as 500MB", size)
    .option("--core-speed <n>", "a core there is so many times as fast", positive("0.8"))
    .addOption(
      new Option("--calibrate", "measure this machine's core first, and scale by it").default(
        false,
      ),
    )
    .addOption(
      new Option("--cheapest", "search the price table, with these filters:").default(
        SIZE_DEFAULTS.cheapest,
      ),
    )
    .addOption(new Option("--arch <name>", "only this").choices(["arm64", "x86_64"]))
    .addOption(
      new Option("--current-generation", "no older types").default(SIZE_DEFAULTS.currentGeneration),
    )
    .addOption(new Option("--no-burstable", "no burstable types"))
    .addOption(
      new Option(
        "--cluster",
        "simulate 10 to 10,000 workers of a cluster: ranges/s, dollars, what breaks first",
      ).default(SIZE_DEFAULTS.cluster),
    )
    .addOption(
      new Option("--range <size>", "with --cluster: what a range of it becomes")
        .argParser(size)
        .default(SIZE_DEFAULTS.range, "64MB"),
    )
    .option("--chart [file.svg]", "draw machines over load, 1 to 1000 times as much")
    .addOption(
      new Option("--format <form>", "how to print it")
        .choices(["text", "markdown", "html"])
        .default("text"),
    )
    .option("--output <file>", "a file to write it to (default: standard output)");
  return addCommonOptions(command).addHelpText(
    "after",
    examples(
      "hellfact size --facts-per-day 8.5M --duplication 10 --instance c7g.2xlarge --retention 90d",
      "hellfact size --preset totalhelldeath --cheapest --no-burstable --arch arm64",
    ),
  );
}

const DEFAULT_STORAGE_PRICE = 0.023;

/** The load that a command line asks for. Throws an `InputError` if it asks for two. */
export function loadFrom(options: SizingWishes): Load {
  const { preset, factsPerDay, factsPerSecond, duplication, peak, readsPerWrite } = options;
  refuseBoth(
    ["--preset", preset],
    ["--facts-per-day", factsPerDay],
    ["--facts-per-second", factsPerSecond],
  );
  const common = { duplication, peak, readsPerWrite };
  if (factsPerDay !== undefined) {
    const name = `${counted(factsPerDay)} facts a day`;
    return { name, factsPerDay, jsonBytesPerFact: null, ...common };
  }
  if (factsPerSecond !== undefined) {
    const name = `${counted(factsPerSecond)} facts a second`;
    const perDay = factsPerSecond * DAY_SECONDS;
    return { name, factsPerDay: perDay, jsonBytesPerFact: null, ...common };
  }
  const name = preset ?? "totalhelldeath";
  return { name, ...PRESETS[name], ...common };
}

/** The machines that a command line asks for; `usual` where it names none. */
export function machinesFrom(
  options: SizingWishes,
  prices: () => PriceTable,
  usual: () => string,
): Machine[] {
  const { instance, vcpus, price, pricePerDay } = options;
  refuseBoth(
    ["--instance", instance],
    ["--vcpus", vcpus],
    ["--cheapest", options.cheapest || undefined],
  );
  refuseBoth(["--price", price], ["--price-per-day", pricePerDay]);
  const usdPerHour = pricePerDay === undefined ? price : pricePerDay / 24;
  if (vcpus !== undefined) {
    if (usdPerHour === undefined) {
      throw new InputError(
        "--vcpus needs a price: add --price USD (an hour) or --price-per-day USD.",
      );
    }
    return [plainMachine(vcpus, usdPerHour)];
  }
  if (options.cheapest) {
    if (usdPerHour === undefined) return [];
    throw new InputError("--cheapest takes its prices from the table: leave out --price.");
  }
  const table = prices();
  if (instance === undefined && table.machines.every(({ name }) => name !== usual())) {
    throw new InputError(
      `say which type of ${table.name} to size: --instance TYPE, or --cheapest.`,
    );
  }
  const machines = (instance ?? [usual()]).map((name) => findMachine(table, name));
  if (usdPerHour === undefined) return machines;
  if (machines.length > 1) {
    throw new InputError("a price is for one machine: name a single --instance with it.");
  }
  return machines.map((machine) => ({ ...machine, usdPerHour }));
}

/** How long facts are kept and for what, or `null` if nothing is said. */
export function storageFrom({ retention, storagePrice }: SizingWishes): StorageTerms | null {
  if (retention === undefined) {
    if (storagePrice === undefined) return null;
    throw new InputError("--storage-price needs --retention, such as --retention 90d.");
  }
  return { retentionDays: retention, usdPerGbMonth: storagePrice ?? DEFAULT_STORAGE_PRICE };
}

const UTILISATION = 0.7;
/** So that the others can take what a machine that fails leaves. */
const UTILISATION_WITH_SPARE = 0.6;

/** What is said of core-seconds is a sum in whole cores; what is measured needs room to breathe. */
export function utilisationFrom({ utilisation, spare, coreSecondsPerDay }: SizingWishes): number {
  if (utilisation !== undefined) return utilisation;
  if (coreSecondsPerDay !== undefined) return 1;
  return spare > 0 ? UTILISATION_WITH_SPARE : UTILISATION;
}

/** Throws an `InputError` if more than one of these options is given. */
export function refuseBoth(...options: readonly (readonly [flag: string, value: unknown])[]): void {
  const [first, second] = options.filter(([, value]) => value !== undefined);
  if (first === undefined || second === undefined) return;
  throw new InputError(`${first[0]} and ${second[0]} say different things: leave one out.`);
}

const SUFFIXES: Record<string, number> = { "": 1, k: 1e3, M: 1e6, G: 1e9 };

function numberFrom(text: string): number {
  const [, digits = "", suffix = ""] = /^(\d+(?:\.\d+)?)([kMG]?)$/.exec(text) ?? [];
  return digits === "" ? NaN : Number(digits) * (SUFFIXES[suffix] ?? NaN);
}

function positive(example: string): (text: string) => number {
  return (text) => {
    const value = numberFrom(text);
    if (value > 0 && Number.isFinite(value)) return value;
    throw new InvalidArgumentError(`It takes a number above 0, such as ${example}.`);
  };
}

function fromZero(example: string): (text: string) => number {
  return (text) => {
    const value = numberFrom(text);
    if (value >= 0 && Number.isFinite(value)) return value;
    throw new InvalidArgumentError(`It takes a number from 0, such as ${example}.`);
  };
}

function atLeastOne(text: string): number {
  const value = numberFrom(text);
  if (value >= 1 && Number.isFinite(value)) return value;
  throw new InvalidArgumentError("It takes a number from 1, such as 2.5.");
}

/** A share of one up to all of it: `70%`. */
function wholeShare(text: string): number {
  const digits = /^(\d+(?:\.\d+)?)%$/.exec(text)?.[1];
  const value = Number(digits) / 100;
  if (value > 0 && value <= 1) return value;
  throw new InvalidArgumentError("It takes a share above 0 up to 100 with its sign, such as 70%.");
}

/** A number of days: `90d`. */
function days(text: string): number {
  const value = Number(/^(\d+(?:\.\d+)?)d$/.exec(text)?.[1]);
  if (value > 0) return value;
  throw new InvalidArgumentError("It takes a number of days with its unit, such as 90d.");
}
