/** Items of the world, and the kinds of items that lie together. */
import { mapMaker, type MapMaker } from "./maps.js";
import { Random } from "./random.js";
import { FORMS, MATERIALS } from "./words.js";

const ITEMS: readonly string[] = MATERIALS.flatMap((material) =>
  FORMS.map((form) => `${material}-${form}`),
);

/** Different items that lie together. */
export interface Kit {
  readonly items: readonly string[];
  /** The map from each item to its count. */
  readonly counts: MapMaker;
}

/** `count` kits of `size` different items. */
export function makeKits(count: number, size: number): readonly Kit[] {
  const random = new Random(count, size, 0);
  return Array.from({ length: count }, () => {
    const items = new Set<string>();
    while (items.size < size) items.add(random.pick(ITEMS));
    return { items: [...items], counts: mapMaker([...items]) };
  });
}
