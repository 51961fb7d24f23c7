import type { SizingDocument } from "../document.js";
import type { MachineSizing, SizedRow } from "../model/sizing.js";
import { DAY_SECONDS } from "../model/load.js";
import type { MedianInterval } from "../../../stats/median-interval.js";
import { unbroken } from "../../../report/layout.js";
import { choiceName } from "../../../report/names.js";
import { counted, percent, significant } from "../../../report/numbers.js";
import { cheapestText } from "./cheapest.js";

/** More changes than these are in the table. */
const MAX_UPGRADES = 4;

/** What the figures of one machine type mean, a sentence for each thing to know. */
export function sizingConclusion(
  { machine, rows }: MachineSizing,
  { measured }: Pick<SizingDocument, "measured">,
): string[] {
  const [first] = rows;
  if (first === undefined) return [];
  if (rows.length === 1) return [oneSentence(first, machine.name)];
  const cheapest = rows.toSorted(
    (a, b) => wholeUsd(a) - wholeUsd(b) || shareUsd(a) - shareUsd(b),
  )[0];
  if (cheapest === undefined) return [];
  const equals = rows.filter((row) => wholeUsd(row) <= wholeUsd(cheapest) * 1.000001).length;
  return [
    choiceSentence(cheapest, equals),
    bindingSentence(rows),
    ...upgradeSentences(rows, measured.runtimes),
  ];
}

/**
 * What each other runtime saves or costs beside the first one, as a fraction of machines: the largest
 * changes of those whose CPU-seconds can be told apart.
 */
function upgradeSentences(rows: readonly SizedRow[], runtimes: readonly string[]): string[] {
  const [first, ...others] = runtimes;
  return others.flatMap((other) => {
    const pairs = rows
      .filter(({ runtime }) => runtime === first)
      .flatMap((before) => {
        const after = rows.find(
          ({ codec, compressor, runtime }) =>
            runtime === other && codec === before.codec && compressor === before.compressor,
        );
        return after === undefined ? [] : [{ before, after }];
      });
    if (pairs.length === 0) return [];
    const changes = pairs
      .filter(({ before, after }) => isApart(before.coreSecondsPerDay, after.coreSecondsPerDay))
      .map(({ before, after }) => ({
        before,
        ratio: after.share.usdPerMonth / before.share.usdPerMonth,
      }))
      .filter(({ ratio }) => Number.isFinite(ratio))
      .toSorted((a, b) => Math.abs(Math.log(b.ratio)) - Math.abs(Math.log(a.ratio)));
    const told = changes.slice(0, MAX_UPGRADES).map(({ before, ratio }) => {
      const name = choiceName({ ...before, runtime: undefined });
      // Where something else than the processor binds, its speed changes nothing.
      if (ratio === 1) return unbroken(`${name} the same`);
      const change = Math.abs(ratio - 1);
      const usd = `${counted(change * before.share.usdPerMonth)} ${ratio < 1 ? "less" : "more"}`;
      return unbroken(`${name} ${usd} (${percent(change)} %)`);
    });
    const more = changes.length - told.length;
    if (more > 0) told.push(`${more} more in the table`);
    const open = pairs.length - changes.length;
    const rest = open === 0 ? [] : [`${open} of ${pairs.length} are not significantly different`];
    return [
      `From ${first} to ${other}, $ a month as a fraction of machines: ${[...told, ...rest].join(", ")}.`,
    ];
  });
}

function isApart(a: MedianInterval, b: MedianInterval): boolean {
  return a.high < b.low || b.high < a.low;
}

function oneSentence({ coreSecondsPerDay, size, share, whole }: SizedRow, machine: string): string {
  const cores = coreSecondsPerDay.median / DAY_SECONDS;
  return (
    `${significant(coreSecondsPerDay.median)} core-seconds a day are ${cores.toPrecision(4)} cores: ` +
    `${(size.share * 100).toPrecision(3)} % of a machine (${machine}), $${significant(share.usdPerDay)} a day as a ` +
    `fraction, $${significant(whole.usdPerDay)} a day as ${size.whole} whole.`
  );
}

function choiceSentence(row: SizedRow, equals: number): string {
  const stored = row.storage === null ? "" : " with its storage";
  const ways =
    equals > 1
      ? `In whole machines ${equals} ways cost the same; of these ${choiceName(row)} leaves the most room`
      : `${choiceName(row)} costs the least`;
  const { againstJson } = row;
  const difference = againstJson?.wholeUsdPerMonth ?? 0;
  const against =
    againstJson === null
      ? ""
      : Math.abs(difference) < 0.005
        ? ", the same as json"
        : `, ${counted(Math.abs(difference))} ${difference < 0 ? "less" : "more"} than json`;
  return (
    `${ways}: $${counted(wholeUsd(row))} a month${stored}${against}` +
    ` ($${counted(shareUsd(row))} as a fraction of machines).`
  );
}

function bindingSentence(rows: readonly SizedRow[]): string {
  const binding = [...new Set(rows.map(({ size }) => size.needs[0]?.resource ?? "nothing"))];
  const used = Math.max(...rows.map(({ size }) => (size.needs[1]?.machines ?? 0) / size.share));
  return binding.length === 1
    ? `${binding[0]} binds everywhere; what would bind next stands at ${percent(used)} % of it or less.`
    : `What binds differs: ${binding.join(", ")}.`;
}

function wholeUsd({ whole, storage }: SizedRow): number {
  return whole.usdPerMonth + (storage?.usdPerMonth ?? 0);
}

function shareUsd({ share, storage }: SizedRow): number {
  return share.usdPerMonth + (storage?.usdPerMonth ?? 0);
}

/** What it comes to, in one sentence. */
export function sizingHeadline(document: SizingDocument): string {
  const [first] = document.machines;
  const cheapest = document.cheapest && cheapestText(document.cheapest);
  const found =
    first === undefined ? cheapest && `${cheapest}.` : sizingConclusion(first, document)[0];
  return found ?? "Nothing could be sized.";
}
