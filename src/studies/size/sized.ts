/** A load, laid over what was measured. */
import { join } from "node:path";
import { InputError } from "../../core/errors.js";
import { choiceName } from "../../report/names.js";
import { loadDocument } from "../../results/load.js";
import { begun } from "../../results/document-type.js";
import { comparisonType, type ResultDocument } from "../compare/document.js";
import { loadType, type LoadDocument } from "../load/document.js";
import { runType, type RunDocument } from "../run/document.js";
import { CALIBRATION_FILE, loadCalibration } from "./calibration.js";
import type { SizingDocument } from "./document.js";
import { cheapestWays, filtered } from "./model/cheapest.js";
import { sizeCluster, type ClusterSizing } from "./model/cluster/sizing.js";
import { coreSpeed, type Reference } from "./model/core-speed.js";
import { fromComparison, fromDuplications } from "./model/from-comparison.js";
import { fromLoad } from "./model/from-load.js";
import { fromRun } from "./model/from-run.js";
import type { Load } from "./model/load.js";
import type { Measured } from "./model/measured.js";
import { usualMachine, type PriceTable } from "./model/prices.js";
import { sizeCodecs, type SizedRow, type SizingTerms } from "./model/sizing.js";
import { machinesFrom, storageFrom, utilisationFrom, type SizingWishes } from "./options.js";
import { readPrices } from "./prices.js";
import { unsizedNotes } from "./report/notes.js";

/**
 * Sizes what was measured. Throws an `InputError` if nothing of it can be sized.
 *
 * @param name what the measurement is called in that error
 */
export function sized(
  measured: Measured,
  load: Load,
  options: SizingWishes,
  name: string,
): SizingDocument {
  let table: PriceTable | undefined;
  const prices = () => (table ??= readPrices(options.prices));
  const machines = machinesFrom(options, prices, () => usualMachine(measured));
  const terms: SizingTerms = {
    load,
    speed: coreSpeed(measured, reference(options.out), options.coreSpeed ?? null),
    utilisation: utilisationFrom(options),
    spare: options.spare,
    storage: storageFrom(options),
    disk: options.localDisk ? "local" : "ebs",
    localDiskBytesPerSecond: options.localDiskSpeed ?? null,
  };
  const found = options.cheapest
    ? { machines: [], ...searched(measured, prices(), terms, options) }
    : { ...sizeCodecs(measured, machines, terms), cheapest: null };
  const { codecs: _, unsized: __, ...basis } = measured;
  const document: SizingDocument = {
    ...begun("size", 2),
    terms,
    measured: basis,
    prices:
      table === undefined ? null : { name: table.name, date: table.date, region: table.region },
    ...found,
    ...(options.cluster && { cluster: clustersOf(measured, found, terms, options.range) }),
  };
  const rows = document.cheapest?.ways ?? document.machines.flatMap((sizing) => sizing.rows);
  if (rows.length > 0) return document;
  const why = unsizedNotes(document).join("; ") || "it has no scenario that writes";
  throw new InputError(`nothing in ${name} can be sized: ${why}.`);
}

/** For each machine the codec that costs least there, on a cluster. */
function clustersOf(
  measured: Measured,
  found: Pick<SizingDocument, "machines" | "cheapest">,
  { load }: SizingTerms,
  rangeBytes: number,
): ClusterSizing[] {
  const ways =
    found.cheapest?.ways.slice(0, 1) ??
    found.machines.flatMap(({ machine, rows }) => {
      const cost = ({ share, storage }: SizedRow) =>
        share.usdPerMonth + (storage?.usdPerMonth ?? 0);
      const [row] = rows.toSorted((a, b) => cost(a) - cost(b));
      return row === undefined ? [] : [{ machine, row }];
    });
  return ways.flatMap(({ machine, row }) => {
    const codec = measured.codecs.find((one) => choiceName(one) === choiceName(row));
    const cluster = codec && sizeCluster(row, codec, machine, load, rangeBytes);
    return cluster === undefined || cluster === null ? [] : [cluster];
  });
}

/** Documents with figures of their own. */
export type SizableDocument = ResultDocument | RunDocument | LoadDocument;

/**
 * What a document says of codecs for a load's duplication. Throws an `InputError` where it has several figures
 * for each that say nothing of another.
 */
export function measuredIn(
  document: SizableDocument,
  name: string,
  { duplication }: Pick<Load, "duplication">,
): Measured {
  if (document.kind === "run") return fromRun(document);
  if (document.kind === "load") return fromLoad(document);
  const { sweep } = document;
  if (sweep?.parameter === "duplication") {
    return fromDuplications({ ...document, sweep }, duplication);
  }
  if (sweep !== undefined && sweep.parameter !== "level") {
    throw new InputError(
      `${name} is a sweep of ${sweep.parameter}, with several figures for each codec. ` +
        "Size a comparison, a run, or a sweep of levels or of duplication.",
    );
  }
  return fromComparison(document);
}

function searched(
  measured: Measured,
  { machines, name }: PriceTable,
  terms: SizingTerms,
  { arch, currentGeneration, burstable, localDisk }: SizingWishes,
) {
  const filters = { arch: arch ?? null, currentGeneration, noBurstable: !burstable, localDisk };
  const allowed = filtered(machines, filters);
  if (allowed.length === 0) {
    throw new InputError(`no type of ${name} passes these filters. Leave one out.`);
  }
  const cheapest = cheapestWays(measured, allowed, terms);
  return { cheapest, unsized: [...cheapest.unsized] };
}

/** What was measured of this machine's core, if `hellfact size --calibrate` did. */
function reference(out: string): Reference | null {
  const calibration = loadCalibration(join(out, CALIBRATION_FILE));
  if (calibration === null) return null;
  const { measuredAt, environment, userSecondsPerMillionFacts } = calibration;
  return {
    measuredAt,
    cpuModel: environment.cpuModel,
    node: environment.node,
    secondsPerFact: userSecondsPerMillionFacts.median / 1e6,
  };
}

/** A document that has figures of its own. */
export function loadMeasured(path: string): SizableDocument {
  return loadDocument<SizableDocument>(path, [comparisonType, runType, loadType]);
}
