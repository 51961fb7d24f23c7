/**
 * What a group of rows spends its time on, seen from its connection. On a server, looks at its
 * connections say how much they wait for the client, for locks and for files; how much of it is waiting
 * for commits, the same load says that waits for none: it alone counts whatever a commit is held up by.
 */
import type { Cause, LoadVerdictStudy, VerdictRound } from "../document.js";

export type Setup = Pick<
  LoadVerdictStudy,
  "connections" | "processes" | "cores" | "isServer" | "roundTrips"
>;
/** Parts that a group passes one after the other. */
export type Part = Exclude<Cause, "shared cores">;
export type Shares = Readonly<Record<Part, number>>;

/** The shares of one round; they need not sum to 1, for what is waited for may overlap. */
export function sharesOf(setup: Setup, round: VerdictRound): Shares {
  return setup.isServer ? ofServer(setup, round) : ofEmbedded(round);
}

function ofServer({ connections, roundTrips }: Setup, round: VerdictRound): Shares {
  const { base, looks, noWait, pingSeconds, nullPingSeconds } = round;
  const groupSeconds = connections / base.rate;
  const commits = within(1 - base.rate / noWait.rate);
  const files = sum(looks, (what) => what.startsWith("IO:") && !/wal/i.test(what));
  const locks = sum(looks, (what) => what.startsWith("Lock:"));
  const idle = sum(looks, (what) => what === "idle");
  const away = Math.max(0, pingSeconds - (nullPingSeconds ?? pingSeconds));
  const network = Math.min(idle, (roundTrips * away) / groupSeconds);
  const commit = Math.max(commits, files);
  return {
    "client CPU": idle - network,
    "network latency": network,
    "commit/IO": commit,
    locks,
    "server CPU": Math.max(0, 1 - idle - locks - commit),
  };
}

/** A store inside the client takes what the client neither uses for rows nor waits for. */
function ofEmbedded({ base, noWait, source }: VerdictRound): Shares {
  const waited = within(1 - base.clientCores - (base.waitingCores ?? 0));
  const commit = Math.max(within(1 - base.rate / noWait.rate), waited);
  const client = Math.min(1 - commit, base.rate / source.rate);
  return {
    "client CPU": client,
    "network latency": 0,
    "commit/IO": commit,
    locks: 0,
    "server CPU": Math.max(0, 1 - commit - client),
  };
}

function sum(looks: VerdictRound["looks"], is: (what: string) => boolean): number {
  return looks.filter(({ what }) => is(what)).reduce((total, { share }) => total + share, 0);
}

function within(share: number): number {
  return Math.min(1, Math.max(0, share));
}
