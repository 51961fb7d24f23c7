/**
 * Whether the keys of objects come in one order. The fields of a record do, since the same code writes
 * them each time; entries of a map come as they happened, unless somebody sorts them.
 */
export class KeyOrder {
  /** Neighbours, the earlier key's place before the later one's. */
  private readonly pairs = new Set<number>();

  /** Takes two keys that stood side by side, by their places in the tally. */
  add(earlier: number, later: number): void {
    if (this.pairs.size < MAX_PAIRS) this.pairs.add(earlier * BASE + later);
  }

  /** Takes what another tally saw. @param placeOf where its key of a place stands here */
  absorb(other: KeyOrder, placeOf: (place: number) => number): void {
    for (const pair of other.pairs) {
      this.add(placeOf(Math.floor(pair / BASE)), placeOf(pair % BASE));
    }
  }

  /** How many pairs of neighbours were seen both ways round: none of a record that one program writes. */
  reversedPairs(): number {
    let reversed = 0;
    for (const pair of this.pairs) {
      if (this.pairs.has((pair % BASE) * BASE + Math.floor(pair / BASE))) reversed += 1;
    }
    return reversed / 2;
  }

  clear(): void {
    this.pairs.clear();
  }

  copy(): KeyOrder {
    const copy = new KeyOrder();
    for (const pair of this.pairs) copy.pairs.add(pair);
    return copy;
  }
}

const MAX_PAIRS = 4000;
/** More places than a tally ever has. */
const BASE = 2 ** 24;
