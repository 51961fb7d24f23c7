/** Five kinds of data that gzip is given, in batches. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { Random } from "../generators/random.js";
import { World } from "../generators/world.js";

const BATCH_BYTES = 1 << 19;
const BATCHES = 4;
const ROWS = 2000;
const SEED = 42;

export interface Kind {
  readonly name: string;
  readonly batches: readonly Uint8Array[];
}

/** @param documents real JSON documents, which are left out where there are none */
export function kindsOfData(documents: readonly string[]): Kind[] {
  const world = new World(SEED);
  const rows = Array.from({ length: ROWS }, (_, i) => Buffer.from(row(i)));
  const real = Buffer.concat(documents.map((path) => readFileSync(path)));
  return [
    { name: "facts", batches: batchesOf((i) => `${JSON.stringify(world.fact(i))}\n`) },
    ...(real.length > 0 ? [{ name: "real documents", batches: cut(real) }] : []),
    { name: "log lines with long strings", batches: batchesOf(logLine) },
    { name: "rows of 200 B, each a member", batches: rows },
    { name: "incompressible", batches: batchesOf(noise) },
  ];
}

function batchesOf(piece: (index: number) => string | Uint8Array): Uint8Array[] {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for (let i = 0; bytes < BATCHES * BATCH_BYTES; i++) {
    const made = Buffer.from(piece(i));
    pieces.push(made);
    bytes += made.length;
  }
  return cut(Buffer.concat(pieces).subarray(0, BATCHES * BATCH_BYTES));
}

function cut(bytes: Buffer): Uint8Array[] {
  const count = Math.ceil(bytes.length / BATCH_BYTES);
  return Array.from({ length: count }, (_, i) =>
    bytes.subarray(i * BATCH_BYTES, (i + 1) * BATCH_BYTES),
  );
}

function noise(index: number): Uint8Array {
  return createHash("sha256").update(String(index)).digest();
}

const SYLLABLES = "ra ne to shi vel kor dam ith mun pas gre lo wen tak zu".split(" ");

function words(random: Random, count: number): string {
  return Array.from({ length: count }, () => {
    // Few words are said often, as in any language.
    const word = new Random(SEED, Math.min(random.below(3000), random.below(3000)), 5);
    return Array.from({ length: word.between(1, 4) }, () => word.pick(SYLLABLES)).join("");
  }).join(" ");
}

function logLine(index: number): string {
  const random = new Random(SEED, index, 6);
  const line = {
    time: new Date(1_767_225_600_000 + index * 137).toISOString(),
    level: random.pick(["info", "info", "warn", "error"]),
    trace: createHash("sha256").update(String(index)).digest("hex").slice(0, 32),
    host: `ip-10-0-${random.below(20)}-${random.below(255)}`,
    message: words(random, random.between(10, 60)),
    path: `/${words(random, 3).replaceAll(" ", "/")}`,
    milliseconds: random.below(50_000) / 10,
  };
  return `${JSON.stringify(line)}\n`;
}

function row(index: number): string {
  const random = new Random(SEED, index, 7);
  const fields = {
    id: 1_338_268_001 + index,
    at: new Date(1_767_225_600_000 + index * 137).toISOString(),
    user: 48_016_014 + random.below(60_000),
    kind: random.pick(["purchase", "refund", "gift"]),
    item: words(random, 2),
    amount: random.below(60_000) / 100,
    currency: random.pick(["EUR", "USD", "MXN"]),
    device: { os: random.pick(["iOS", "Android"]), version: `${random.below(20)}` },
  };
  return `${JSON.stringify(fields)}\n`;
}
