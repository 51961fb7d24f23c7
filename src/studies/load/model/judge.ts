/**
 * What binds a load. The part that a group spends most of its time on is the candidate; it is named
 * only if rounds agree on it, and if what was changed on purpose answers as it must where it is true:
 * nothing is forced.
 */
import { median } from "simple-statistics";
import { MIN_FOR_INTERVAL } from "../../../stats/median-interval.js";
import type { Cause, LoadVerdict, VerdictRound } from "../document.js";
import { sharesOf, type Part, type Setup } from "./shares.js";

/** Two parts whose shares differ by less are one as much as the other. */
const MARGIN = 0.1;
/** The share of rounds that has to agree. */
const AGREEING = 0.8;
/** The cores are all in use. */
const FULL = 0.85;
/** Of the processor time in use, what neither side has less of if they share it. */
const LESSER_SIDE = 0.25;
/** A thread that uses so much of a core is not kept from it. */
const OWN_CORE = 0.85;
/** Of all cores, what others may use. */
const OTHERS = 0.3;
const PARTS: readonly Part[] = [
  "client CPU",
  "server CPU",
  "commit/IO",
  "locks",
  "network latency",
];

export interface Judged {
  readonly verdict: LoadVerdict;
  readonly shares: { readonly part: Part; readonly share: number }[];
  readonly caveats: string[];
}

/** @param rounds as they were measured, one after the other */
export function judgeLoad(setup: Setup, rounds: readonly VerdictRound[]): Judged {
  const perRound = rounds.map((round) => sharesOf(setup, round));
  const shares = PARTS.map((part) => ({
    part,
    share: rounds.length === 0 ? 0 : median(perRound.map((one) => one[part])),
  })).toSorted((a, b) => b.share - a.share);
  return { verdict: verdictOf(setup, rounds, shares), shares, caveats: caveatsOf(setup, rounds) };
}

function verdictOf(
  setup: Setup,
  rounds: readonly VerdictRound[],
  shares: Judged["shares"],
): LoadVerdict {
  if (rounds.length < MIN_FOR_INTERVAL) {
    return inconclusive(`there were ${rounds.length} rounds; it takes ${MIN_FOR_INTERVAL}`);
  }
  const [top, second] = shares;
  if (top === undefined || second === undefined) return inconclusive("nothing was measured");
  const isProcessor = top.part.endsWith("CPU") || top.part === "network latency";
  const others = median(rounds.map((round) => othersOf(setup, round)));
  if (isProcessor && others > OTHERS) {
    return inconclusive(
      `the machine was busy: others used ${percent(others)} % of its cores meanwhile`,
    );
  }
  if (
    top.part.endsWith("CPU") &&
    rounds.filter((one) => isShared(setup, one)).length >= rounds.length * AGREEING
  ) {
    return { kind: "bound", by: "shared cores" };
  }
  const agreeing = rounds.filter((round) => {
    const one = sharesOf(setup, round);
    return PARTS.every((part) => one[part] <= one[top.part]);
  });
  if (top.share - second.share < MARGIN)
    return { kind: "balanced", between: [top.part, second.part] };
  if (agreeing.length < rounds.length * AGREEING) {
    return inconclusive(
      `the rounds do not agree: ${top.part} takes most in ${agreeing.length} of ${rounds.length}`,
    );
  }
  const doubt = doubtOf(top.part, setup, rounds, top.share);
  return doubt === undefined ? { kind: "bound", by: top.part } : inconclusive(doubt);
}

/** Why a candidate is not believed: something that was changed on purpose does not answer as it must. */
function doubtOf(
  part: Part,
  setup: Setup,
  rounds: readonly VerdictRound[],
  share: number,
): string | undefined {
  const over = (value: (round: VerdictRound) => number) => median(rounds.map(value));
  const { processes, connections } = setup;
  const client = over(({ base }) => (base.clientCores + (base.waitingCores ?? 0)) / processes);
  switch (part) {
    case "client CPU": {
      if (!setup.isServer) return undefined;
      const slope = over((round) => slopeOf(setup, round));
      if (slope < 0.5) return `a delay in the client costs only ${slope.toFixed(2)} of itself`;
      if (client < share / 2) {
        return `connections wait for the client, which works only ${percent(client)} % of the time`;
      }
      return undefined;
    }
    case "server CPU": {
      if (!setup.isServer) return undefined;
      if (rounds.some(({ base }) => base.serverCores === null)) {
        return `connections are busy inside the server, which is elsewhere: whether with its processor or its disk, only it can tell`;
      }
      const server = over(({ base }) => base.serverCores ?? 0);
      const isBusy = server / connections >= share / 2;
      const isFull =
        over((one) => usedOf(setup, one)) >= FULL &&
        server > over(({ base }) => base.clientCores) * 2;
      return isBusy || isFull
        ? undefined
        : `connections are busy inside the server, but use only ${server.toFixed(2)} cores there`;
    }
    case "network latency": {
      const twice = rounds.flatMap(({ twice: one, base }) =>
        one === null ? [] : [one.rate / base.rate],
      );
      if (twice.length === 0) return "there is no room for twice the connections, which would tell";
      const gain = median(twice);
      return gain < 1.4
        ? `twice the connections give only ${gain.toFixed(2)} × the rows`
        : undefined;
    }
    case "commit/IO":
    case "locks":
      return undefined; // seen as it is: by taking it away, and in what connections wait for
  }
}

/** Seconds more for each second that the client is delayed. */
export function slopeOf(
  { processes }: Setup,
  { base, delayed, delaySeconds }: VerdictRound,
): number {
  return (processes / delayed.rate - processes / base.rate) / delaySeconds;
}

/** Of all cores, what client and server use. */
function usedOf({ cores }: Setup, { base }: VerdictRound): number {
  return (base.clientCores + (base.serverCores ?? 0)) / cores;
}

function othersOf({ cores }: Setup, { base, machineCores }: VerdictRound): number {
  if (base.serverCores === null) return 0;
  return Math.max(0, machineCores - base.clientCores - base.serverCores) / cores;
}

/** Client and server take the cores from each other, and neither is a single thread that has its own. */
function isShared(setup: Setup, round: VerdictRound): boolean {
  const { clientCores, serverCores } = round.base;
  if (!setup.isServer || serverCores === null) return false;
  const lesser = Math.min(clientCores, serverCores) / (clientCores + serverCores);
  const isOwnCore = clientCores / setup.processes > OWN_CORE && setup.processes < setup.cores;
  return usedOf(setup, round) >= FULL && lesser >= LESSER_SIDE && !isOwnCore;
}

function caveatsOf(setup: Setup, rounds: readonly VerdictRound[]): string[] {
  if (!setup.isServer || rounds.every(({ base }) => base.serverCores !== null)) return [];
  return [
    "The server is elsewhere: its processor and its disk are not seen, only what its connections wait for.",
  ];
}

function inconclusive(why: string): LoadVerdict {
  return { kind: "inconclusive", why };
}

function percent(share: number): string {
  return (share * 100).toFixed(0);
}

/** What a person would do about it. */
export const REMEDIES: Readonly<Record<Cause, string>> = {
  "client CPU": "a cheaper method, larger groups or more processes of the client would help",
  "server CPU": "larger groups, fewer indexes or checks, or a faster server would help",
  "commit/IO": "more rows in a commit, more connections, or a faster disk would help",
  locks: "whoever holds the locks, or fewer writers to the same rows, would help",
  "network latency": "more rows in a round trip, more connections or pipelining would help",
  "shared cores": "a machine for each of client and server, or more cores, would help",
};
