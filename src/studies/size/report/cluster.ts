/** What a load takes on a cluster, as people read it. */
import { borderless } from "../../../report/layout.js";
import { choiceName } from "../../../report/names.js";
import { bytes, percent, short, significant } from "../../../report/numbers.js";
import { ASSUMED, MEASURED, type ClusterSizing } from "../model/cluster/sizing.js";

const SECONDS_PER_DAY = 86_400;

const COLUMNS = ["workers", "machines", "ranges/s", "of ideal", "× load", "busiest", "$ a day"];

/** How the columns of `clusterRows` stand. */
export const CLUSTER_ALIGNS = COLUMNS.map((name) => (name === "busiest" ? "left" : "right"));

/** Heads, and a row for each number of workers. */
export function clusterRows({ points }: ClusterSizing): string[][] {
  const rows = points.map((point) => [
    String(point.workers),
    String(point.machines),
    significant(point.rangesPerSecond),
    `${percent(point.efficiency)} %`,
    significant(point.timesLoad),
    `${point.busiest} ${percent(point.busy)} %`,
    significant(point.usdPerDay),
  ]);
  return [COLUMNS, ...rows];
}

/** A table of workers, the lines around it not yet broken. */
export function clusterTable(cluster: ClusterSizing): string[] {
  const table = borderless({ gap: 3, colAligns: [...CLUSTER_ALIGNS] });
  table.push(...clusterRows(cluster));
  return table.toString().split("\n");
}

/** What a range is. */
export function rangeSentence(cluster: ClusterSizing): string {
  const { rangeBytes, factsPerRange, rangesPerDay, rangesPerSecond, workSeconds } = cluster;
  return (
    `Ranges of ${bytes(rangeBytes)}, ${short(factsPerRange)} facts each as ${choiceName(cluster)}: ` +
    `${short(rangesPerDay)} a day, ${significant(rangesPerSecond)} a second; each takes a worker ${significant(workSeconds)} s.`
  );
}

/** How many machines, for how much, and what breaks first. */
export function clusterSentences(cluster: ClusterSizing): string[] {
  const { needed, limits, machine, sharedBytesPerSecond, workSeconds } = cluster;
  const [first] = limits;
  const { failures, stragglers, variation } = ASSUMED;
  const fits =
    needed.timesLoad >= 1
      ? ""
      : ", which is too few where some die and some take long: leave room by --utilisation 90%";
  return [
    `This load takes ${needed.machines} × ${machine}, a worker on each of ${needed.workers} cores, $${significant(needed.usdPerDay)} a day: they make ${significant(needed.timesLoad)} × what comes${fits}.`,
    ...(first === undefined
      ? []
      : [
          `The first thing that breaks is the ${first.what}, at ${short(first.rangesPerSecond)} ranges/s: ${short(first.workers)} workers, ${short(first.timesLoad)} × this load. Larger ranges (--range) put that off in proportion.`,
        ]),
    ...(sharedBytesPerSecond === null
      ? []
      : [
          `What all workers share has to take ${bytes(sharedBytesPerSecond)}/s at this load, and is not in it: measure that folder or store.`,
        ]),
    `Measured: ${significant(MEASURED.coordinatorSeconds * 1000)} ms of the coordinator, most of it until a line is on the disk, and ${significant(MEASURED.serverSeconds * 1000)} ms of the server for a range. Taken for granted: times of ranges vary by ${percent(variation)} %, ${percent(stragglers.share)} % take ${stragglers.times} times as long, a worker dies after ${failures.meanLifeSeconds / SECONDS_PER_DAY} days in the mean, and its range of ${significant(workSeconds)} s waits ${failures.lostSeconds} s more.`,
  ];
}
