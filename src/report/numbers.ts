/** A number with three significant figures and no thousands mark: 12900, 4.21, 0.0372. */
export function significant(value: number): string {
  if (value === 0) return "0";
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  const rounded = Number(value.toPrecision(3));
  return rounded.toFixed(Math.min(digits, 6));
}

/** A share of one in percent: `2 %`, `0.4 %`, `137 %`. */
export function percent(share: number): string {
  const value = share * 100;
  return `${value < 1 ? value.toFixed(1) : value.toFixed(0)} %`;
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

/** How many times, with its interval where it is known: `3.1 × (95 %: 2.9 to 3.4)`. */
export function times(ratio: { median: number; low: number; high: number }): string {
  const interval = Number.isFinite(ratio.high)
    ? ` (95 %: ${significant(ratio.low)} to ${significant(ratio.high)})`
    : "";
  return `${significant(ratio.median)} ×${interval}`;
}
