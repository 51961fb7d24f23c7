/** Where names of points can stand without covering each other. */

/** A point in pixels, and its name. */
export interface Named {
  readonly name: string;
  readonly x: number;
  readonly y: number;
  /** Whether it must have its name, even if that covers something. */
  readonly isNeeded: boolean;
}

/** Where a name stands against its point, in pixels. */
export interface LabelPlace {
  readonly textAnchor: "start" | "middle" | "end";
  readonly dx: number;
  readonly dy: number;
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const CHARACTER_WIDTH = 6.6;
const HALF_HEIGHT = 7;
const AWAY = 10;

/** In the order in which they are tried. */
const PLACES: readonly LabelPlace[] = [
  { textAnchor: "start", dx: AWAY, dy: 0 },
  { textAnchor: "end", dx: -AWAY, dy: 0 },
  { textAnchor: "middle", dx: 0, dy: -2 * HALF_HEIGHT - 2 },
  { textAnchor: "middle", dx: 0, dy: 2 * HALF_HEIGHT + 2 },
  { textAnchor: "start", dx: AWAY, dy: 2 * HALF_HEIGHT },
  { textAnchor: "end", dx: -AWAY, dy: -2 * HALF_HEIGHT },
  { textAnchor: "start", dx: AWAY, dy: -2 * HALF_HEIGHT },
  { textAnchor: "end", dx: -AWAY, dy: 2 * HALF_HEIGHT },
];

/**
 * A place for each name, greedily, between the edges from 0 to `width`; `undefined` where there is
 * none. Those that stand first choose first.
 */
export function labelPlaces(points: readonly Named[], width: number): (LabelPlace | undefined)[] {
  const taken: Box[] = points.map(({ x, y }) => around(x, y, 6, 6));
  return points.map((point, own) => {
    const free = PLACES.find((place) => {
      const box = boxOf(point, place);
      return (
        box.left >= 0 &&
        box.right <= width &&
        !taken.some((other, index) => index !== own && overlap(box, other))
      );
    });
    const place = free ?? (point.isNeeded ? PLACES[0] : undefined);
    if (place !== undefined) taken.push(boxOf(point, place));
    return place;
  });
}

function boxOf({ name, x, y }: Named, { textAnchor, dx, dy }: LabelPlace): Box {
  const length = name.length * CHARACTER_WIDTH;
  const start = { start: 0, middle: -length / 2, end: -length }[textAnchor];
  const middle = x + dx + start + length / 2;
  return around(middle, y + dy, length / 2, HALF_HEIGHT);
}

function around(x: number, y: number, halfWidth: number, halfHeight: number): Box {
  return {
    left: x - halfWidth,
    right: x + halfWidth,
    top: y - halfHeight,
    bottom: y + halfHeight,
  };
}

function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
