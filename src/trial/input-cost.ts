/** What reading an input takes, beside what writing its facts as plain JSON takes. */
import type { Fact } from "../core/fact.js";
import type { Sync } from "../core/sink.js";
import { checkerOf, readerOf, type Input } from "../payload/input-reading.js";
import type { PayloadPlan } from "../payload/payload.js";
import { openPayload } from "../payload/payload.js";
import { takePool, type Pool, type PoolSize } from "../payload/pool.js";
import { loadParts } from "../pipeline/parts.js";
import { secondsSinceStart } from "./clock.js";
import { Writing } from "./writing.js";

/** What the process is told. */
export interface InputQuestion {
  readonly payload: Extract<PayloadPlan, { kind: "file" }>;
  readonly input: Input;
  readonly poolSize: PoolSize;
  /** Where the JSON is written, as in the comparison; `null` for nowhere. */
  readonly file: string | null;
  readonly sync: Sync;
  /** When no further round is begun, in seconds since the process started; one is always made. */
  readonly deadline: number;
}

/** Seconds for a fact, in each of several rounds of all three in turn. */
export interface InputCost {
  readonly rounds: readonly {
    readonly read: number;
    readonly check: number;
    readonly writeJson: number;
  }[];
}

const ROUNDS = 9;
const WARM_UPS = 2;
/** So much of the pool is enough, and does not take long. */
const MAX_BYTES = 10_000_000;

/** Measures it in this process, which should be fresh. Throws an `InputError` if the input has changed. */
export async function measureInputCost(question: InputQuestion): Promise<InputCost> {
  const { payload, input, file, sync, deadline } = question;
  const pool = part(await takePool(await openPayload(payload), question.poolSize));
  const parts = await loadParts({ codec: "json" }, "none");
  const writing = new Writing({ parts, pool, schema: undefined, file, sync });
  const read = await readerOf(input, pool.facts);
  const check = checkerOf(payload.schema);
  const rounds: InputCost["rounds"][number][] = [];
  for (let round = 0; round < WARM_UPS + ROUNDS; round++) {
    const start = secondsSinceStart();
    const facts = await read(pool.facts.length);
    const afterReading = secondsSinceStart();
    check(pool.facts);
    const afterChecking = secondsSinceStart();
    for (const _ of writing.repetition());
    const end = secondsSinceStart();
    if (round < WARM_UPS && end < deadline / 2) continue;
    rounds.push({
      read: (afterReading - start) / facts,
      check: (afterChecking - afterReading) / pool.facts.length,
      writeJson: (end - afterChecking) / writing.factsPerRepetition,
    });
    if (end >= deadline) break;
  }
  writing.finish();
  return { rounds };
}

/** The first facts of a pool, of ten megabytes. */
function part({ facts, size }: Pool): Pool {
  const share = Math.min(1, MAX_BYTES / size.jsonBytes);
  const some: readonly Fact[] = facts.slice(0, Math.max(1, Math.floor(facts.length * share)));
  const jsonBytes = (size.jsonBytes * some.length) / facts.length;
  return { facts: some, size: { ...size, facts: some.length, jsonBytes } };
}
