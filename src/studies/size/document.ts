import type { CheapestWays } from "./model/cheapest.js";
import type { Measured, UnsizedCodec } from "./model/measured.js";
import type { PriceTable } from "./model/prices.js";
import type { MachineSizing, SizingTerms } from "./model/sizing.js";

/** A sizing as it is printed: what was asked, of what measurement, by which prices, and the answer. */
export interface SizingDocument {
  readonly format: "hellfact-sizing";
  readonly version: 1;
  readonly terms: SizingTerms;
  readonly measured: Omit<Measured, "codecs" | "unsized">;
  /** `null` where no machine's price comes from a table. */
  readonly prices: Pick<PriceTable, "name" | "date" | "region"> | null;
  readonly machines: readonly MachineSizing[];
  readonly cheapest: CheapestWays | null;
  readonly unsized: readonly UnsizedCodec[];
}
