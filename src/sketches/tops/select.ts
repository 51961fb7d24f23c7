/**
 * The number that would stand at a place if numbers were in ascending order: by Hoare's selection (CACM 4(7), 1961),
 * which takes a time in proportion to them. Changes their order.
 */
export function atRank(numbers: Float64Array, rank: number): number {
  let first = 0;
  let last = numbers.length - 1;
  while (first < last) {
    const pivot = middleOf(numbers, first, last);
    let low = first;
    let high = last;
    while (low <= high) {
      while ((numbers[low] as number) < pivot) low += 1;
      while ((numbers[high] as number) > pivot) high -= 1;
      if (low > high) break;
      const one = numbers[low] as number;
      numbers[low++] = numbers[high] as number;
      numbers[high--] = one;
    }
    // What is between the two is the pivot.
    if (rank <= high) last = high;
    else if (rank >= low) first = low;
    else break;
  }
  return numbers[rank] as number;
}

/** The median of three: numbers in order are no bad case then. */
function middleOf(numbers: Float64Array, first: number, last: number): number {
  const a = numbers[first] as number;
  const b = numbers[(first + last) >>> 1] as number;
  const c = numbers[last] as number;
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}
