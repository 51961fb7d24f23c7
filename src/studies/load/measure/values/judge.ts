/** What became of a value in a store. */
import type { Value } from "../../../../core/store.js";
import type { ValueCell } from "../../document.js";

const EXACT: ValueCell = { outcome: "exact", detail: null };

/** The text came back as it was, or as another that means the same, or as another value. */
export function judgeDocument(given: string, found: unknown): ValueCell {
  if (typeof found !== "string") return changed(shown(found));
  if (found === given) return EXACT;
  const isSame =
    isOnlySpaced(given, found) ||
    (sameNumbers(given, found) && canonical(given) === canonical(found));
  if (!isSame) return changed(found);
  return { outcome: "rewritten", detail: shortened(found) };
}

/** A column's value came back as it was, in whatever form the driver gives numbers and bytes. */
export function judgeColumn(given: Value, found: unknown): ValueCell {
  if (given instanceof Uint8Array) {
    const bytes = (found as { bytes?: Uint8Array } | null)?.bytes ?? found;
    const isSame = bytes instanceof Uint8Array && Buffer.from(bytes).equals(Buffer.from(given));
    return isSame ? EXACT : changed(shown(found));
  }
  if (typeof given === "bigint")
    return String(found) === String(given) ? EXACT : changed(shown(found));
  if (typeof given === "number") {
    return Object.is(Number(found), given) && found !== null
      ? EXACT
      : changed(shown(Number(found)));
  }
  return found === given ? EXACT : changed(shown(found));
}

/** Whether only white space differs; values that are too deep to be taken apart are told by this. */
function isOnlySpaced(a: string, b: string): boolean {
  const bare = (text: string) => text.replaceAll(/\s/g, "");
  return bare(a) === bare(b);
}

/** What a store said when it did not take a value. */
export function refused(message: string): ValueCell {
  return { outcome: "refused", detail: shortened(message) };
}

function changed(to: string): ValueCell {
  return { outcome: "changed", detail: shortened(to) };
}

const MOST_CHARACTERS = 120;

function shortened(text: string): string {
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text;
}

function shown(value: unknown): string {
  if (Object.is(value, -0)) return "-0";
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}

/** The same digits in every number, whatever is around them: parsing would round both alike. */
function sameNumbers(a: string, b: string): boolean {
  const numbers = (text: string) =>
    (
      text.replaceAll(/"(?:[^"\\]|\\.)*"/g, "").match(/-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g) ?? []
    ).map(exact);
  return numbers(a).toSorted().join() === numbers(b).toSorted().join();
}

/** A number's digits without an exponent, zeros behind the point, or a point with nothing behind it. */
function exact(number: string): string {
  const [, sign = "", whole = "0", fraction = "", exponent = "0"] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(number) ?? [];
  const digits = `${whole}${fraction}`.replace(/^0+(?=\d)/, "");
  const bare = digits.replace(/0+$/, "");
  const power = Number(exponent) - fraction.length + (digits.length - bare.length);
  return `${sign}${bare}e${bare === "" ? 0 : power}`;
}

/** Values with sorted keys: another order of keys means the same. */
function canonical(text: string): string {
  return JSON.stringify(sorted(JSON.parse(text)));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return Object.is(value, -0) ? "-0" : value;
  const entries = Object.entries(value).map(([key, inner]) => [key, sorted(inner)] as const);
  return entries.toSorted(([a], [b]) => (a < b ? -1 : 1));
}
