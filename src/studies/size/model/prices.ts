import { CsvError, parse } from "csv-parse/sync";
import { didYouMean } from "../../../core/did-you-mean.js";
import { firstLine, InputError } from "../../../core/errors.js";
import type { Machine } from "./machine.js";
import type { Measured } from "./measured.js";

/** Instance types with what they have and cost, where and since when. */
export interface PriceTable {
  readonly name: string;
  /** The day of the prices, as `2026-07-20`, and where they hold; `null` if the table does not say. */
  readonly date: string | null;
  readonly region: string | null;
  readonly machines: readonly Machine[];
}

/** How many names a hint has room for. */
const MAX_NAMES = 6;

const BYTES_PER_MIB = 2 ** 20;
const BYTES_PER_MB = 1e6;
const BYTES_PER_GIGABIT = 1e9 / 8;
const BYTES_PER_GB = 1e9;

const COLUMNS = [
  "instance_type",
  "arch",
  "cpu_vendor",
  "vcpus",
  "threads_per_core",
  "memory_mib",
  "ebs_baseline_mb_per_s",
  "ebs_max_mb_per_s",
  "network_baseline_gbit_per_s",
  "network_peak_gbit_per_s",
  "local_ssd_gb",
  "burstable",
  "current_generation",
  "usd_per_hour",
] as const;
type ColumnName = (typeof COLUMNS)[number];

interface ParsedLine {
  readonly record: Record<string, string>;
  readonly info: { readonly lines: number };
}

/**
 * Reads a price table: CSV with heads, and before them comments such as `# date: 2026-07-20`.
 * Throws an `InputError` naming the table, the line and the column that is wrong.
 *
 * @param name what to call the table in messages
 */
export function parsePrices(text: string, name: string): PriceTable {
  const lines = parsedLines(text, name);
  const [first] = lines;
  if (first === undefined) throw new InputError(`${name}: there are no instance types in it.`);
  const missing = COLUMNS.find((column) => !(column in first.record));
  if (missing !== undefined) {
    throw new InputError(
      `${name}: the column ${missing} is missing. It takes ${COLUMNS.join(", ")}.`,
    );
  }
  const machines = lines.map(({ record, info }) => machineOf(new Cells(record, info.lines, name)));
  return { name, date: comment(text, "date"), region: comment(text, "region"), machines };
}

/** The machine of a name. Throws an `InputError` with the nearest names if there is none. */
export function findMachine({ machines, name: table }: PriceTable, name: string): Machine {
  const found = machines.find((machine) => machine.name === name);
  if (found !== undefined) return found;
  const names = machines.map((machine) => machine.name);
  const [family = "", size] = name.split(".");
  const near = names.filter((other) =>
    size === undefined ? other.startsWith(`${family}.`) : other.startsWith(name),
  );
  const hint =
    didYouMean(name, names) ||
    (near.length > 0 ? ` There is ${near.slice(0, MAX_NAMES).join(", ")}.` : "");
  throw new InputError(`unknown instance type "${name}".${hint} (${table})`);
}

/** A type of middle size whose CPU is as near to the one that was measured on as can be told. */
export function usualMachine({ architecture, cpuModel }: Measured): string {
  if (architecture === "arm64") return "c7g.2xlarge";
  return /intel/i.test(cpuModel) ? "c7i.2xlarge" : "c7a.2xlarge";
}

function parsedLines(text: string, name: string): ParsedLine[] {
  try {
    // The rows carry their line numbers, which the library's types do not say.
    return parse(text, {
      columns: true,
      comment: "#",
      comment_no_infix: true,
      info: true,
      skip_empty_lines: true,
      trim: true,
      bom: true,
    }) as unknown as ParsedLine[];
  } catch (error) {
    if (error instanceof CsvError) throw new InputError(`${name}: ${firstLine(error)}.`);
    throw error;
  }
}

function comment(text: string, field: string): string | null {
  return new RegExp(`^#\\s*${field}:\\s*(\\S+)`, "m").exec(text)?.[1] ?? null;
}

function machineOf(cells: Cells): Machine {
  return {
    name: cells.text("instance_type"),
    arch: cells.text("arch"),
    cpuVendor: cells.text("cpu_vendor"),
    vcpus: cells.positive("vcpus"),
    threadsPerCore: cells.positive("threads_per_core"),
    memoryBytes: cells.positive("memory_mib") * BYTES_PER_MIB,
    diskBytesPerSecond: cells.perhaps("ebs_baseline_mb_per_s", BYTES_PER_MB),
    diskBurstBytesPerSecond: cells.perhaps("ebs_max_mb_per_s", BYTES_PER_MB),
    networkBytesPerSecond: cells.perhaps("network_baseline_gbit_per_s", BYTES_PER_GIGABIT),
    networkBurstBytesPerSecond: cells.perhaps("network_peak_gbit_per_s", BYTES_PER_GIGABIT),
    localDiskBytes: cells.amount("local_ssd_gb") * BYTES_PER_GB,
    burstable: cells.flag("burstable"),
    currentGeneration: cells.flag("current_generation"),
    usdPerHour: cells.positive("usd_per_hour"),
  };
}

/** The cells of a line, read as what their column takes. */
class Cells {
  constructor(
    private readonly record: Record<string, string>,
    private readonly line: number,
    private readonly table: string,
  ) {}

  text(column: ColumnName): string {
    const text = this.record[column] ?? "";
    return text === "" ? this.refuse(column, "a name") : text;
  }

  amount(column: ColumnName): number {
    return this.number(column, "a number from 0", () => true);
  }

  positive(column: ColumnName): number {
    return this.number(column, "a number above 0", (value) => value > 0);
  }

  /** In bytes; an empty cell is what nobody has told. */
  perhaps(column: ColumnName, unitBytes: number): number | null {
    return this.record[column] === "" ? null : this.positive(column) * unitBytes;
  }

  flag(column: ColumnName): boolean {
    const text = this.record[column] ?? "";
    return text === "0" || text === "1" ? text === "1" : this.refuse(column, "0 or 1");
  }

  private number(column: ColumnName, wanted: string, allowed: (value: number) => boolean): number {
    const text = this.record[column] ?? "";
    const value = Number(text);
    const isRight = /^\d/.test(text) && Number.isFinite(value) && allowed(value);
    return isRight ? value : this.refuse(column, wanted);
  }

  private refuse(column: ColumnName, wanted: string): never {
    const text = JSON.stringify(this.record[column] ?? "");
    throw new InputError(
      `${this.table} line ${this.line}: ${column} is ${text}. It takes ${wanted}.`,
    );
  }
}
