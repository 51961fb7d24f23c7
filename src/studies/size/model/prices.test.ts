import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { findMachine, parsePrices } from "./prices.js";

const file = join(import.meta.dirname, "../../../../prices/aws-us-east-1.csv");
const text = readFileSync(file, "utf8");
const HEADS =
  "instance_type,arch,cpu_vendor,vcpus,threads_per_core,memory_mib,ebs_baseline_mb_per_s," +
  "ebs_max_mb_per_s,network_baseline_gbit_per_s,network_peak_gbit_per_s,local_ssd_gb,burstable," +
  "current_generation,usd_per_hour";
const LINE = "a.large,arm64,AWS,2,1,1024,10,20,1,8,0,0,1,0.5";

describe("the table that comes along", () => {
  const table = parsePrices(text, "ours");

  test("says when and where its prices hold, and whose work it is", () => {
    expect(table).toMatchObject({ date: "2026-07-20", region: "us-east-1" });
    expect(table.machines).toHaveLength(1345);
    for (const word of ["Karpenter", "moto", "Apache-2.0"]) expect(text).toContain(word);
  });

  test("m1.xlarge is the $0.35 machine of the article", () => {
    expect(findMachine(table, "m1.xlarge")).toMatchObject({ vcpus: 4, usdPerHour: 0.35 });
  });

  test("units are bytes and seconds; an empty cell is not known", () => {
    expect(findMachine(table, "c7g.2xlarge")).toMatchObject({
      memoryBytes: 16 * 2 ** 30,
      diskBytesPerSecond: 312.5e6,
      diskBurstBytesPerSecond: 1250e6,
      networkBytesPerSecond: 3.75e9 / 8,
    });
    expect(findMachine(table, "t2.micro")).toMatchObject({
      diskBytesPerSecond: null,
      burstable: true,
    });
  });

  test.each([
    ["c7g.2xlrge", "Did you mean c7g.2xlarge?"],
    ["c7g", "There is c7g.medium, c7g.large, "],
  ])("%s is unknown, and the nearest names are told", (name, hint) => {
    expect(() => findMachine(table, name)).toThrow(
      expect.objectContaining({ name: "InputError", message: expect.stringContaining(hint) }),
    );
  });
});

test.each([
  [
    "no head",
    `${HEADS.replace("vcpus,", "")}\n${LINE.replace("2,1,", "1,")}`,
    "the column vcpus is missing",
  ],
  [
    "a word for a number",
    `${HEADS}\n${LINE}\n${LINE.replace("0.5", "cheap")}`,
    'line 3: usd_per_hour is "cheap". It takes a number above 0.',
  ],
  [
    "a negative price",
    `${HEADS}\n${LINE.replace("0.5", "-0.5")}`,
    'line 2: usd_per_hour is "-0.5"',
  ],
  ["no memory", `${HEADS}\n${LINE.replace("1024", "")}`, 'line 2: memory_mib is ""'],
  [
    "a flag that is none",
    `${HEADS}\n${LINE.replace(",0,0,1,", ",0,yes,1,")}`,
    'line 2: burstable is "yes". It takes 0 or 1.',
  ],
  ["a cell missing", `${HEADS}\n${LINE.replace(",0.5", "")}`, "line 2"],
  [
    "comments before",
    `# date: 2026-01-01\n${HEADS}\n${LINE.replace("a.large", "")}`,
    "line 3: instance_type",
  ],
  ["nothing", "", "no instance types"],
])("a table with %s is refused with its line and column", (_, table, expected) => {
  expect(() => parsePrices(table, "mine.csv")).toThrow(
    expect.objectContaining({
      name: "InputError",
      message: expect.stringMatching(/^mine\.csv[^\n]*$/),
    }),
  );
  expect(() => parsePrices(table, "mine.csv")).toThrow(expected);
});
