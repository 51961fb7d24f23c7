/** The powers of ten that doubles are scaled by: made in 1 ms, where they would be 10 kB of a package. */

export const LOWEST_POWER = -292;
const HIGHEST_POWER = 324;

/** 10^k for k from −292 to 324, rounded up to 128 bits: the upper half, then the lower, 16 bytes each. */
export function powersOfTen(): Uint8Array {
  const view = new DataView(new ArrayBuffer(16 * (HIGHEST_POWER - LOWEST_POWER + 1)));
  let address = 0;
  const write = (power: bigint) => {
    view.setBigUint64(address, power >> 64n, true);
    view.setBigUint64(address + 8, BigInt.asUintN(64, power), true);
    address += 16;
  };
  const bitsOf = (k: number) => Math.floor((k * 1_741_647) / 2 ** 19) + 1; // of 10^k: ⌊log₂⌋ + 1
  for (let k = LOWEST_POWER; k < 0; k++) {
    const divisor = 10n ** BigInt(-k);
    write((1n << BigInt(128 - bitsOf(k))) / divisor + 1n);
  }
  let power = 1n;
  for (let k = 0; k <= HIGHEST_POWER; k++, power *= 10n) {
    const surplus = BigInt(bitsOf(k) - 128);
    if (surplus <= 0n) write(power << -surplus);
    else write((power + (1n << surplus) - 1n) >> surplus);
  }
  return new Uint8Array(view.buffer);
}
