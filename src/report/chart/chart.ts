/** A chart as data: what is drawn, said once for the terminal and for SVG. */
export interface Chart {
  readonly title: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly lines: readonly Line[];
  /** Places on the x axis that are worth a vertical line, such as this machine's disk. */
  readonly marks: readonly Mark[];
  /** Places on lines that are worth a dot; an SVG has them, a terminal has no room. */
  readonly dots?: readonly Dot[];
}

export interface Axis {
  /** What it measures, with its unit: `disk bandwidth, MB/s`. */
  readonly label: string;
  readonly scale: "linear" | "log";
}

export interface Line {
  readonly name: string;
  /** The number of its colour, where lines belong together; and of its dashes. */
  readonly hue?: number;
  readonly kind?: number;
  /** What a reader of a page can choose it by. */
  readonly codec?: string;
  /** From left to right. On a logarithmic axis, points that are not above zero are left out. */
  readonly points: readonly (readonly [x: number, y: number])[];
}

interface Mark {
  readonly x: number;
  readonly label: string;
}

interface Dot {
  readonly x: number;
  readonly y: number;
  readonly hue: number;
  readonly isHollow: boolean;
  /** A cross, for what did not come about. */
  readonly isCross?: boolean;
  /** What it is, for those who point at it. */
  readonly hover: string;
}

/** The points of a line that its axes can show. */
export function drawable(
  { points }: Line,
  { x, y }: Chart,
): readonly (readonly [number, number])[] {
  const shown = (value: number, { scale }: Axis) =>
    Number.isFinite(value) && (scale === "linear" || value > 0);
  return points.filter((point) => shown(point[0], x) && shown(point[1], y));
}

/** The least and the greatest; of no values, whatever can be drawn. */
export function extent(values: readonly number[]): [number, number] {
  if (values.length === 0) return [1, 10];
  return [Math.min(...values), Math.max(...values)];
}

/** Round values between two others that an axis can be labelled with: no more than `most`. */
export function ticks(low: number, high: number, scale: Axis["scale"], most: number): number[] {
  return scale === "log" ? logTicks(low, high, most) : linearTicks(low, high, most);
}

/** A value as it stands at an axis. */
export function tickText(value: number): string {
  return String(Number(value.toPrecision(3)));
}

/** Powers of ten, and what lies between them as far as there is room; of a short stretch, round values. */
function logTicks(low: number, high: number, most: number): number[] {
  const [few, ...more] = [[1], [1, 3], [1, 2, 5]].map((digits) => {
    const powers = Math.ceil(Math.log10(high)) - Math.floor(Math.log10(low)) + 1;
    return Array.from({ length: powers }, (_, index) => index + Math.floor(Math.log10(low)))
      .flatMap((power) => digits.map((digit) => Number(`${digit}e${power}`)))
      .filter((value) => value >= low * 0.999 && value <= high * 1.001);
  });
  const found = more.findLast((values) => values.length <= most) ?? few ?? [];
  return found.length < 2 && high > low ? linearTicks(low, high, Math.min(most, 5)) : found;
}

function linearTicks(low: number, high: number, most: number): number[] {
  const least = (high - low) / Math.max(1, most - 1);
  if (!(least > 0)) return [low];
  const power = 10 ** Math.floor(Math.log10(least));
  const step =
    [1, 2, 5].map((digit) => digit * power).find((value) => value >= least) ?? 10 * power;
  const first = Math.ceil(low / step);
  return Array.from({ length: Math.floor(high / step + 1e-9) - first + 1 }, (_, index) =>
    Number(((first + index) * step).toPrecision(12)),
  );
}
