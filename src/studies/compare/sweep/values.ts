import type { SweepDocument } from "../document.js";

/** A value of the swept thing as people write it: `4 kB`, `64 KiB`, `9`. */
export function valueText({ sweep }: SweepDocument, value: number): string {
  if (sweep.parameter === "level") return `level ${value}`;
  if (sweep.parameter === "duplication") return `${value} ×`;
  const units = [
    [1 << 20, "MiB"],
    [1e6, "MB"],
    [1 << 10, "KiB"],
    [1e3, "kB"],
  ] as const;
  const [bytes, unit] = units.find(([size]) => value % size === 0) ?? [1, "B"];
  return `${value / bytes} ${unit}`;
}
