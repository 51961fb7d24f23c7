/** What stands for a figure that nobody can tell. */
const UNKNOWN = "?";

/** A number with three significant figures and no thousands mark: 12900, 4.21, 0.0372. */
export function significant(value: number): string {
  if (value === 0) return "0";
  if (!Number.isFinite(value)) return UNKNOWN;
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  const rounded = Number(value.toPrecision(3));
  return rounded.toFixed(Math.min(digits, 6));
}

/** A share of one in percent, without the sign: 2, 0.4, 137. */
export function percent(share: number): string {
  const value = share * 100;
  if (!Number.isFinite(value)) return UNKNOWN;
  return value < 1 ? value.toFixed(1) : value.toFixed(0);
}

/** Bytes in decimal units: `34 MB`, `38.6 kB`. */
export function bytes(count: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  const power = Math.min(
    units.length - 1,
    Math.max(0, Math.floor(Math.log10(Math.max(1, count)) / 3)),
  );
  return `${significant(count / 1000 ** power)} ${units[power]}`;
}

/** A 95 % interval as it stands behind its median, or "" where it is not known. */
export function interval({ low, high }: { low: number; high: number }): string {
  return Number.isFinite(high) ? ` (95 %: ${significant(low)} to ${significant(high)})` : "";
}

/** A large number in steps of a thousand: `984`, `85.0 M`, `86.4 G`. */
export function counted(value: number): string {
  const step = ["", " k", " M", " G", " T"];
  const power = Math.min(step.length - 1, Math.max(0, Math.floor(Math.log10(value) / 3)));
  return power < 2 ? significant(value) : `${significant(value / 1000 ** power)}${step[power]}`;
}

/** How many of what is counted by a word: `1 part`, `8 parts`. */
export function many(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? "" : "s"}`;
}

/** A figure as people read it, with three digits: `984`, `15.3 k`, `2.28 M`. */
export function short(value: number): string {
  const steps = ["", " k", " M", " G", " T"];
  const power = value < 1000 ? 0 : Math.floor(Math.log10(Number(value.toPrecision(3))) / 3);
  const step = Math.min(steps.length - 1, power);
  return `${significant(value / 1000 ** step)}${steps[step] ?? ""}`;
}
