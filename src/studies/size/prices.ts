import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { firstLine, InputError } from "../../core/errors.js";
import type { Finding } from "../../machine/finding.js";
import { parsePrices, type PriceTable } from "./model/prices.js";

const OWN_TABLE = join("prices", "aws-us-east-1.csv");
/** Prices change a few times a year. */
const OLD_DAYS = 90;
const DAY_MILLISECONDS = 86_400_000;

/** Reads a price table: a file, or without one the table that comes with this package. */
export function readPrices(file: string | undefined): PriceTable {
  const path = file ?? ownTable();
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === "ENOENT";
    const what = missing ? "there is no such file" : firstLine(error);
    throw new InputError(`${path}: ${what}. --prices takes a CSV file like ${OWN_TABLE}.`);
  }
  return parsePrices(text, file ?? OWN_TABLE);
}

/** What `doctor` says of the table that comes with this package. */
export function diagnosePrices(now: Date): Finding {
  const base = { kind: "prices", name: OWN_TABLE } as const;
  try {
    const { date, region, machines } = readPrices(undefined);
    const days = Math.floor((now.getTime() - Date.parse(date ?? "")) / DAY_MILLISECONDS);
    const isFresh = days <= OLD_DAYS;
    return {
      ...base,
      works: isFresh,
      detail: `${machines.length} types, ${region ?? "?"}, of ${date ?? "?"}: ${days} days old`,
      remedy: isFresh ? null : "give hellfact size newer prices with --prices FILE",
    };
  } catch (error) {
    return { ...base, works: false, detail: firstLine(error), remedy: "install hellfact again" };
  }
}

/** Beside this package's own package.json, however deep this file was built to. */
function ownTable(): string {
  for (let here = import.meta.dirname; ; here = dirname(here)) {
    const path = join(here, OWN_TABLE);
    if (existsSync(path) || here === dirname(here)) return path;
  }
}
