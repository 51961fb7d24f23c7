/** Things in the order of a number, the least first: a binary heap (Williams, CACM 7(6), 1964). */
export class Heap<T> {
  private readonly entries: { readonly at: number; readonly what: T }[] = [];

  /** The least number; Infinity where nothing is there. */
  get first(): number {
    return this.entries[0]?.at ?? Infinity;
  }

  push(at: number, what: T): void {
    const { entries } = this;
    let place = entries.length;
    entries.push({ at, what });
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if ((entries[parent]?.at ?? -Infinity) <= at) break;
      this.swap(place, parent);
      place = parent;
    }
  }

  /** Takes what has the least number; `undefined` where nothing is there. */
  pop(): T | undefined {
    const { entries } = this;
    const [least] = entries;
    const last = entries.pop();
    if (least === undefined || last === undefined || entries.length === 0) return least?.what;
    entries[0] = last;
    let place = 0;
    for (;;) {
      const left = 2 * place + 1;
      const right = left + 1;
      const at = (index: number) => entries[index]?.at ?? Infinity;
      const child = at(right) < at(left) ? right : left;
      if (at(child) >= at(place)) return least.what;
      this.swap(place, child);
      place = child;
    }
  }

  private swap(a: number, b: number): void {
    const { entries } = this;
    [entries[a], entries[b]] = [entries[b] as never, entries[a] as never];
  }
}
