import type { ResultDocument } from "../document.js";
import type { ScenarioResult } from "../../../trial/result.js";
import type { Evidence } from "../../../verdict/result.js";
import { breakEven, crossover, rateAt, type Maker } from "../../../verdict/model.js";
import { middle, usualOverlap, withWriting } from "../../../verdict/what-if.js";
import type { Chart } from "../../../report/chart/chart.js";
import { borderless } from "../../../report/layout.js";
import { choiceName } from "../../../report/names.js";
import { significant } from "../../../report/numbers.js";
import { judgedWrites } from "../report/verdict.js";
import { writeName } from "../report/write-name.js";

/**
 * How another disk takes bytes. One of a provisioned rate (every cloud volume, a throttled device) takes
 * them while the next batch is made: only the processor's part of writing takes turns with encoding, and what a
 * synced batch waits whatever its size, taken to be as long as here; unless files are synced as they close: until
 * then the kernel keeps their bytes. What such a disk saves up while nobody writes (Linux' own throttle: 0.1 s) is
 * left out, which underrates files that close several times a second.
 * A device like this machine's, only of another bandwidth, lets stages overlap as they do here.
 */
export type DiskKind = "provisioned" | "device";

/** A write on the roofline: what it makes alone, what that stores, how far its stages overlap. */
export interface Roof extends Maker {
  readonly name: string;
  readonly codec: string;
  readonly compressor: string;
  /** What it runs under and at which value, where several of those are in a document. */
  readonly under: string;
  readonly overlap: number;
  /** Bytes per second that this machine's sink took of it; `null` where nothing was written. */
  readonly sinkBytesPerSecond: number | null;
  /** Facts per second of the whole write, as it was measured. */
  readonly measuredFactsPerSecond: number | null;
}

const LOWEST = 1e6;
const HIGHEST = 1e10;
const POINTS = 80;
/** More lines than this make a chart that nobody reads. */
const MAX_LINES = 28;

/** A write whose ceilings were measured, of a comparison or of a run. */
export interface Measured {
  readonly codec: string;
  readonly compressor: string;
  readonly under?: string;
  readonly verdict: { readonly evidence: Evidence };
}

/** The writes of a comparison that a roofline can be drawn of. */
export function roofsOf(document: ResultDocument, kind: DiskKind = "provisioned"): Roof[] {
  const judged = judgedWrites(document).map((write) => ({
    ...write,
    under: writeName(document, write).slice(nameOf(write).length),
  }));
  return roofsOfWrites(judged, kind);
}

/** The same of writes, wherever they were measured. */
export function roofsOfWrites(judged: readonly Measured[], kind: DiskKind): Roof[] {
  // Where a write's own is not to be told, its neighbours' is the best guess: they share sink and sync.
  const usual = usualOverlap(judged.map(({ verdict }) => verdict.evidence));
  return judged.flatMap(({ codec, compressor, under = "", verdict }) => {
    const { evidence } = verdict;
    if (evidence.codec === null) return [];
    const isProvisioned = kind === "provisioned";
    const alone = evidence.codec.median;
    return [
      {
        name: `${nameOf({ codec, compressor })}${under}`,
        ...{ codec, compressor, under },
        factsPerSecond: isProvisioned ? withWriting(evidence, alone) : alone,
        storedBytesPerFact: evidence.storedBytesPerFact,
        overlap: isProvisioned ? (evidence.diskOverlap ?? 1) : (evidence.overlap ?? usual),
        sinkBytesPerSecond: sinkBandwidth(evidence),
        measuredFactsPerSecond: evidence.pipeline?.median ?? null,
      },
    ];
  });
}

function sinkBandwidth({ write, storedBytesPerFact }: Evidence): number | null {
  return write === null ? null : write.median * storedBytesPerFact;
}

function nameOf({ codec, compressor }: Pick<ScenarioResult, "codec" | "compressor">): string {
  return choiceName({ codec, compressor });
}

/** Facts per second against sink bandwidth (Williams et al. 2009), with this machine's sink marked. */
export function rooflineChart(all: readonly Roof[]): Chart {
  const roofs = all
    .toSorted((a, b) => b.factsPerSecond - a.factsPerSecond)
    .slice(0, MAX_LINES)
    .toSorted((a, b) => all.indexOf(a) - all.indexOf(b));
  const sink = machineSink(roofs);
  const [codecs, compressors] = [
    [...new Set(roofs.map(({ codec }) => codec))],
    [...new Set(roofs.map(({ compressor }) => compressor))],
  ];
  const hueOf = ({ codec }: Roof) => codecs.indexOf(codec);
  return {
    title:
      "Facts per second against the bandwidth of the disk" +
      (all.length > roofs.length ? `: the ${MAX_LINES} fastest of ${all.length}` : ""),
    x: { label: "disk bandwidth, MB/s", scale: "log" },
    y: { label: "facts/s", scale: "log" },
    lines: roofs.map((roof) => ({
      name: roof.name,
      codec: roof.codec,
      hue: hueOf(roof),
      kind: compressors.indexOf(roof.compressor),
      points: bandwidths(roofs).map((bandwidth) => [
        bandwidth / 1e6,
        rateAt(roof, bandwidth, roof.overlap),
      ]),
    })),
    marks:
      sink === null
        ? []
        : [{ x: sink / 1e6, label: `this machine's disk, ${significant(sink / 1e6)} MB/s` }],
    dots: roofs.flatMap((roof) => [bend(roof, hueOf(roof)), ...here(roof, hueOf(roof))]),
  };
}

/** The crossover of a line: on its left the disk binds, on its right the codec. */
function bend(roof: Roof, hue: number) {
  const bandwidth = crossover(roof);
  const y = rateAt(roof, bandwidth, roof.overlap);
  const hover = `${roof.name}: crossover at ${significant(bandwidth / 1e6)} MB/s`;
  return { x: bandwidth / 1e6, y, hue, isHollow: true, hover };
}

/** What was measured on this machine. */
function here({ name, sinkBytesPerSecond, measuredFactsPerSecond }: Roof, hue: number) {
  if (sinkBytesPerSecond === null || measuredFactsPerSecond === null) return [];
  const x = sinkBytesPerSecond / 1e6;
  const figures = `${significant(measuredFactsPerSecond)} facts/s, its disk alone ${significant(x)} MB/s`;
  const hover = `${name}, measured here: ${figures}`;
  return [{ x, y: measuredFactsPerSecond, hue, isHollow: false, hover }];
}

/** Bytes per second from where the first line has bent by far, to where the last one has. */
export function bandwidthRange(roofs: readonly Roof[]): [low: number, high: number] {
  const bends = roofs.map(crossover);
  const low = Math.max(LOWEST, Math.min(...bends) / 10);
  const high = Math.min(HIGHEST, Math.max(...bends, machineSink(roofs) ?? 0) * 3);
  return [low, high];
}

function bandwidths(roofs: readonly Roof[]): number[] {
  const [low, high] = bandwidthRange(roofs);
  return Array.from({ length: POINTS + 1 }, (_, step) => low * (high / low) ** (step / POINTS));
}

/** Bytes per second that this machine's sink carries: the median over what it took of everything. */
export function machineSink(roofs: readonly Roof[]): number | null {
  return middle(roofs.map(({ sinkBytesPerSecond }) => sinkBytesPerSecond));
}

/** The figures of a roofline: where each write bends, and what it does on some disks. */
export function rooflineTable(roofs: readonly Roof[], disks: readonly number[]): string[] {
  const table = borderless({
    colAligns: ["left", ...Array.from({ length: 2 + disks.length }, () => "right" as const)],
  });
  const best = disks.map((disk) =>
    Math.max(...roofs.map((roof) => rateAt(roof, disk, roof.overlap))),
  );
  table.push(
    ["", "crossover", "stored", ...disks.map((disk) => `${significant(disk / 1e6)} MB/s`)],
    ["", "MB/s", "B/fact", ...disks.map(() => "facts/s")],
  );
  for (const roof of roofs) {
    table.push([
      roof.name,
      significant(crossover(roof) / 1e6),
      significant(roof.storedBytesPerFact),
      ...disks.map((disk, index) => {
        const rate = rateAt(roof, disk, roof.overlap);
        return `${significant(rate)}${rate === best[index] ? "▲" : " "}`;
      }),
    ]);
  }
  return table.toString().split("\n");
}

/** Who gives most facts on which disks, from the slowest to the fastest, in a sentence. */
export function rooflineSentence(roofs: readonly Roof[]): string {
  const winners: { name: string; from: number }[] = [];
  const fine = Array.from(
    { length: 2000 },
    (_, step) => LOWEST * (HIGHEST / LOWEST) ** (step / 2000),
  );
  for (const bandwidth of fine) {
    const best = roofs.toSorted(
      (a, b) => rateAt(b, bandwidth, b.overlap) - rateAt(a, bandwidth, a.overlap),
    )[0];
    if (best !== undefined && best.name !== winners.at(-1)?.name) {
      winners.push({ name: best.name, from: bandwidth });
    }
  }
  const parts = winners.map(({ name }, index) => {
    const next = winners[index + 1];
    const from = index === 0 ? "" : ` from ${significant((winners[index]?.from ?? 0) / 1e6)}`;
    const to = next === undefined ? "" : ` up to ${significant(next.from / 1e6)}`;
    return `${name}${from}${to === "" && from === "" ? "" : `${to} MB/s`}`;
  });
  return `Most facts per second: ${parts.join(", ")}.`;
}

/** Where compressing breaks even, for each codec that was measured both ways. */
export function breakEvenSentences(roofs: readonly Roof[]): string[] {
  return roofs.flatMap((compressed) => {
    const plain = roofs.find(
      ({ codec, compressor, under }) =>
        codec === compressed.codec && compressor === "none" && under === compressed.under,
    );
    if (plain === undefined || plain === compressed) return [];
    const bandwidth = breakEven(plain, compressed, plain.overlap);
    if (bandwidth === 0) return [];
    const where = Number.isFinite(bandwidth)
      ? `below ${significant(bandwidth / 1e6)} MB/s`
      : "on every disk";
    return [`${compressed.name} beats ${plain.name} ${where}.`];
  });
}
