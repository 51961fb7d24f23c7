import { expect, test } from "vitest";
import type { VerdictRound } from "../document.js";
import { judgeLoad } from "./judge.js";
import type { Setup } from "./shares.js";

const SETUP: Setup = { connections: 8, processes: 1, cores: 2, isServer: true, roundTrips: 1 };
type Slice = VerdictRound["base"];
const slice = (rate: number, other: Partial<Slice> = {}): Slice => ({
  ...{ rate, wallSeconds: 1, clientCores: 0.2, serverCores: 0.3, waitingCores: 0 },
  ...other,
});

/** A load of 1,000 groups a second that nothing in particular holds up. */
function round(other: Partial<VerdictRound> = {}): VerdictRound {
  return {
    base: slice(1_000),
    looks: [{ what: "idle", share: 1 }],
    ...{ machineCores: 0.5, pingSeconds: 100e-6, nullPingSeconds: 100e-6 },
    ...{ noWait: slice(1_000), delaySeconds: 500e-6, delayed: slice(1_000), own: slice(1_000) },
    ...{ twice: slice(1_000), source: slice(1e6), nobody: null, replay: null },
    ...other,
  };
}

const five = (other: Partial<VerdictRound>): VerdictRound[] =>
  Array.from({ length: 5 }, () => round(other));
const verdict = (rounds: VerdictRound[], setup = SETUP) => judgeLoad(setup, rounds).verdict;

test.each<[string, Partial<VerdictRound>]>([
  // Half a millisecond of delay in one process: 1.5 ms a group instead of 1.
  ["client CPU", { base: slice(1_000, { clientCores: 0.97 }), delayed: slice(1_000 / 1.5) }],
  ["commit/IO", { noWait: slice(9_000), looks: [{ what: "IO:WALSync", share: 1 }] }],
  ["locks", { looks: [{ what: "Lock:relation", share: 0.9 }] }],
  ["network latency", { pingSeconds: 7.5e-3, twice: slice(1_950) }],
  [
    "server CPU",
    { looks: [{ what: "running", share: 0.9 }], base: slice(1_000, { serverCores: 1.8 }) },
  ],
  [
    "shared cores",
    {
      looks: [{ what: "running", share: 0.6 }],
      base: slice(1_000, { clientCores: 0.7, serverCores: 1.2 }),
      machineCores: 1.9,
    },
  ],
])("%s is named where it is so", (by, other) => {
  const machineCores = (other.base?.clientCores ?? 0.2) + (other.base?.serverCores ?? 0.3);
  expect(verdict(five({ machineCores, ...other }))).toEqual({ kind: "bound", by });
});

test.each<[string, Partial<VerdictRound>, RegExp]>([
  ["a delay that costs nothing", { base: slice(1_000, { clientCores: 0.97 }) }, /a delay/],
  ["a client that does not work", { delayed: slice(1_000 / 1.5) }, /works only 20 %/],
  ["twice the connections that give nothing", { pingSeconds: 7.5e-3 }, /twice the connections/],
  ["a server that does not work", { looks: [{ what: "running", share: 1 }] }, /use only 0.30/],
  [
    "a server that is elsewhere",
    { looks: [{ what: "running", share: 1 }], base: slice(1_000, { serverCores: null }) },
    /elsewhere/,
  ],
  ["others on the machine", { machineCores: 1.8 }, /others used 65 %/],
])("%s: nothing is named", (_, other, why) => {
  const found = verdict(five(other));
  expect(found.kind === "inconclusive" ? found.why : found).toMatch(why);
});

test("two parts that take the same are balanced; rounds that do not agree say nothing", () => {
  const half = {
    looks: [
      { what: "idle", share: 0.5 },
      { what: "Lock:tuple", share: 0.48 },
    ],
  };
  expect(verdict(five(half))).toEqual({ kind: "balanced", between: ["client CPU", "locks"] });
  const locked = { looks: [{ what: "Lock:tuple", share: 0.9 }] };
  expect(verdict([...five(locked).slice(2), round(), round()]).kind).toBe("inconclusive");
  expect(verdict(five(locked).slice(1)).kind).toBe("inconclusive");
});

test("a store inside the client: what it neither uses nor waits for is the store's own work", () => {
  const inside = { ...SETUP, connections: 1, isServer: false };
  const busy = { base: slice(1_000, { clientCores: 1, serverCores: 0 }) };
  expect(verdict(five(busy), inside)).toEqual({ kind: "bound", by: "server CPU" });
  const waiting = {
    base: slice(1_000, { clientCores: 0.1, serverCores: 0 }),
    noWait: slice(9_000),
  };
  expect(verdict(five(waiting), inside)).toEqual({ kind: "bound", by: "commit/IO" });
});
