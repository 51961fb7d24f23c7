/** How figures of a summary are written, alike in every form. */
import { significant } from "../../../report/numbers.js";
import type { Figure, SummariseDocument } from "../document.js";

export type Scalar = string | number | boolean | null;

const LONGEST_VALUE = 36;

/** A whole number with thousands set apart by a thin gap that does not break. */
export function whole(count: number): string {
  return String(count).replaceAll(/\B(?=(\d{3})+(?!\d))/g, "\u00a0");
}

/** What a text is in quotes for: it is no word that one sees, or reads as a value of another type. */
const UNCLEAR =
  /^\s|\s$|^$|\p{C}|^(?:null|true|false|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)$/u;

/**
 * A value of a fact as it is read, told from all others: numbers in full, text as it is, or as JSON shows it where it is
 * unclear.
 */
export function valueText(value: Scalar): string {
  if (typeof value !== "string") return String(value);
  const text = UNCLEAR.test(value) ? JSON.stringify(value) : value;
  return text.length <= LONGEST_VALUE ? text : `${text.slice(0, LONGEST_VALUE - 1)}…`;
}

/** Whole numbers in full, others with three figures. */
export function figureText(value: number): string {
  return Number.isInteger(value) && Math.abs(value) < 1e6 ? String(value) : significant(value);
}

/** `50 %`, `99.9 %`. */
export function shareText(share: number): string {
  if (!Number.isFinite(share)) return "-";
  return `${Number((share * 100).toPrecision(6))} %`;
}

/** An error or its bound, in percent. */
export function errorText(error: number): string {
  return error === 0 ? "0 %" : `${(error * 100).toPrecision(2)} %`;
}

/** `19 331 ± 1.2 %`, or what was counted. */
export function uniqueText({ unique }: Figure): string {
  if (unique === undefined) return "";
  if (!unique.isEstimate) return whole(unique.count);
  return `${whole(unique.count)} ± ${spread(unique)}`;
}

function spread({ count, low, high }: { count: number; low: number; high: number }): string {
  return `${(((high - low) / 2 / count) * 100).toFixed(1)} %`;
}

/** Why there is no figure, or what is missing of it. */
export function lackText({ values, nulls, others, kind }: Figure): string {
  const said = [
    ...(nulls > 0 ? [`${whole(nulls)} nulls`] : []),
    ...(others > 0
      ? [`${whole(others)} ${kind === "quantile" ? "are no numbers" : "objects or lists"}`]
      : []),
  ];
  if (values === 0 && said.length === 0) return "not there";
  return said.join(", ");
}

/** Figures of one kind, with their places. */
export function figuresOf(
  { groups }: SummariseDocument,
  kind: Figure["kind"],
): {
  readonly key: Scalar;
  readonly figure: Figure;
  readonly group: number;
  readonly at: number;
}[] {
  return groups.flatMap(({ key, figures }, group) =>
    figures.flatMap((figure, at) => (figure.kind === kind ? [{ key, figure, group, at }] : [])),
  );
}

/** What was checked of a figure, if it was. */
export function checkOf({ exact }: SummariseDocument, group: number, at: number) {
  return exact?.checks.find((check) => check.group === group && check.figure === at);
}
