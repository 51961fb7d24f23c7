import type { SizingDocument } from "../document.js";
import { unbroken } from "../../../report/layout.js";
import { choiceName } from "../../../report/names.js";

/** What the figures mean, and what they leave out. */
export function notCounted({ measured }: SizingDocument): string {
  const json = measured.jsonBytesPerFact === null ? "" : " Facts come in as JSON over the network.";
  return (
    `share: the part of machines that the load uses up; whole: what has to be paid. Months of 30.44 ` +
    `days.${json} ${unbroken("Not in it:")} disks, transfer and requests, which are billed apart.`
  );
}

/** What is to be known of the measured facts: that they are rows, what their schema leaves open. */
export function factNotes({ measured }: SizingDocument): string[] {
  const { schemaUnsure, rowsOf } = measured;
  return [
    ...(rowsOf === undefined
      ? []
      : ["what is called a fact is a row here, a codec a method, a compressor the table"]),
    ...(schemaUnsure === undefined ? [] : [schemaUnsure]),
  ];
}

/** Why codecs have no row, told once for each reason. */
export function unsizedNotes({ unsized }: SizingDocument): string[] {
  const byReason = new Map<string, string[]>();
  for (const one of unsized) {
    byReason.set(one.reason, [...(byReason.get(one.reason) ?? []), choiceName(one)]);
  }
  return [...byReason].map(([reason, names]) => `not sized: ${names.join(", ")}: ${reason}`);
}
