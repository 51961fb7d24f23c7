import type { SizingDocument } from "../document.js";
import { factsADay, factsASecond } from "../model/load.js";
import type { Machine } from "../model/machine.js";
import { bytes, counted, percent, significant } from "../../../report/numbers.js";

/** What was asked, and what the answer rests on: a label and a text for each line. */
export function headlines(document: SizingDocument): [label: string, text: string][] {
  return [
    ["load", loadText(document)],
    ...(document.measured.cpuFrom === "given"
      ? []
      : ([["cost", costText(document)]] satisfies [string, string][])),
    ["terms", termsText(document)],
  ];
}

function loadText({ terms: { load }, measured }: SizingDocument): string {
  const times = load.duplication === 1 ? "" : ` × ${load.duplication}`;
  const json = measured.jsonBytesPerFact;
  return [
    `${load.name}${times}: ${counted(factsADay(load))} facts a day`,
    `${counted(factsASecond(load))} a second`,
    ...(load.peak === 1 ? [] : [`${significant(load.peak)} × that at its peak`]),
    ...(json === null ? [] : [`${bytes(factsADay(load) * json)} of JSON a day`]),
    ...(load.readsPerWrite === 0 ? [] : [`each read ${significant(load.readsPerWrite)} times`]),
  ].join(", ");
}

function costText({ measured, terms }: SizingDocument): string {
  const { cpuModel, architecture, node, measuredAt, cpuFrom, source, rowsOf } = measured;
  const what = cpuFrom === "counters" ? "CPU-seconds that the kernel counted" : "time of workers";
  const facts = rowsOf === undefined ? `facts of ${source}` : `rows of ${rowsOf}`;
  return (
    `${what} for ${facts} on ${cpuModel} (${architecture}, Node ${node}), ` +
    `${measuredAt.slice(0, 10)}${betweenText(measured)}; ${speedText(terms.speed)}`
  );
}

/** That figures were reckoned from those of two duplications. */
function betweenText({ between, duplication }: SizingDocument["measured"]): string {
  return between === undefined
    ? ""
    : `, reckoned for facts told ${duplication} × from those of ${between[0]} × and ${between[1]} ×`;
}

function speedText({ speed, basis }: SizingDocument["terms"]["speed"]): string {
  switch (basis.kind) {
    case "given":
      return `core speed ${significant(speed)} (--core-speed)`;
    case "uncalibrated":
      return "cores taken to be as fast as that one";
    case "same-cpu":
      return `not scaled: this CPU was calibrated on ${moment(basis.calibratedAt)}`;
    case "calibrated": {
      const nodes =
        basis.nodes === null ? "" : `, Node ${basis.nodes[0]} against ${basis.nodes[1]}`;
      return (
        `scaled to ${basis.cpuModel} by the calibration of ${moment(basis.calibratedAt)}: ` +
        `core speed ${significant(speed)}${nodes}`
      );
    }
    case "not-comparable":
      return (
        `not scaled by the calibration of ${moment(basis.calibratedAt)}: this document lacks json ` +
        `written uncompressed from generated facts`
      );
  }
}

function moment(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
}

function termsText({ terms }: SizingDocument): string {
  const { utilisation, spare, storage, disk } = terms;
  return [
    `${percent(utilisation)} % used at most`,
    `${spare} spare`,
    ...(disk === "local" ? ["local disk"] : []),
    ...(storage === null
      ? []
      : [
          `kept for ${significant(storage.retentionDays)} days at $${significant(storage.usdPerGbMonth)} ` +
            `a GB and month`,
        ]),
  ].join(", ");
}

/** What a machine is and costs, in a line. */
export function machineText(machine: Machine, prices: SizingDocument["prices"]): string {
  const { name, vcpus, usdPerHour, memoryBytes } = machine;
  const what = name.endsWith("vCPU") ? name : `${name}, ${vcpus} vCPU`;
  const memory = memoryBytes === null ? "" : `, ${significant(memoryBytes / 2 ** 30)} GiB`;
  const dated =
    prices === null
      ? ""
      : ` (${prices.region ?? "no region"}, prices of ${prices.date ?? "no date"})`;
  return `${what}${memory}, $${significant(usdPerHour)} an hour${dated}`;
}
