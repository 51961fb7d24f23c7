/** From rounds to the figures of so many connections in a phase. */
import { storedInterval } from "../../../../results/schema.js";
import { medianInterval } from "../../../../stats/median-interval.js";
import type { ConnectionCell, ConnectionRound } from "../../document.js";

/** The cells, in the order in which they were first measured by number and scheduling. */
export function summarisedConnections(rounds: readonly ConnectionRound[]): ConnectionCell[] {
  return [...grouped(rounds).values()]
    .map(cellOf)
    .toSorted((a, b) => a.scheduling.localeCompare(b.scheduling) || a.connections - b.connections);
}

function grouped(rounds: readonly ConnectionRound[]): Map<string, ConnectionRound[]> {
  const groups = new Map<string, ConnectionRound[]>();
  for (const one of rounds) {
    const key = `${one.scheduling} ${one.connections} ${one.phase}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return groups;
}

function cellOf(rounds: readonly ConnectionRound[]): ConnectionCell {
  const [first] = rounds as [ConnectionRound];
  const { scheduling, connections, phase } = first;
  const mean = (value: (one: ConnectionRound) => number) =>
    rounds.reduce((sum, one) => sum + value(one), 0) / rounds.length;
  const meanOrNull = (value: (one: ConnectionRound) => number | null) =>
    rounds.some((one) => value(one) === null) ? null : mean((one) => value(one) ?? 0);
  const events = [...new Set(rounds.flatMap(({ waits }) => waits.map(({ what }) => what)))];
  return {
    ...{ scheduling, connections, phase },
    committedPerSecond: storedInterval(
      medianInterval(
        rounds.map(({ committed, wallSeconds }) => Math.max(1, committed) / wallSeconds),
      ),
    ),
    sentPerSecond: mean(({ sent, wallSeconds }) => sent / wallSeconds),
    latencyMilliseconds: {
      p50: mean(({ latencyMilliseconds }) => latencyMilliseconds.p50),
      p99: mean(({ latencyMilliseconds }) => latencyMilliseconds.p99),
      max: Math.max(...rounds.map(({ latencyMilliseconds }) => latencyMilliseconds.max)),
    },
    waits: events
      .map((what) => ({
        what,
        share: mean(({ waits }) => waits.find((wait) => wait.what === what)?.share ?? 0),
      }))
      .toSorted((a, b) => b.share - a.share),
    clientCores: mean(({ clientCpuSeconds, wallSeconds }) => clientCpuSeconds / wallSeconds),
    serverCores: meanOrNull(({ serverCpuSeconds, wallSeconds }) =>
      serverCpuSeconds === null ? null : serverCpuSeconds / wallSeconds,
    ),
    runQueueShare: meanOrNull(({ runQueueSeconds, wallSeconds }) =>
      runQueueSeconds === null ? null : runQueueSeconds / wallSeconds,
    ),
  };
}
