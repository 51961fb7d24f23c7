/** What became of one value in one codec. */
export type Outcome =
  /** It came back as it was. */
  | "exact"
  /** It came back as something else. */
  | "changed"
  /** The codec said no instead of changing it. */
  | "refused"
  /** It was written, and its own reader could not read it. */
  | "unreadable"
  /** The process died, or never answered. */
  | "crashed"
  /** The question does not arise: JSON text given to a codec that does not read JSON. */
  | "not-asked";

export interface Cell {
  readonly outcome: Outcome;
  /** What it was changed to, or the first line of what the codec said; `null` where all is well. */
  readonly detail: string | null;
}

/** A value that every codec is asked to carry. */
interface LedgerValue {
  readonly name: string;
  /** Whether a JSON document can hold it, so that any event may. */
  readonly inJson: boolean;
}

export interface LedgerCodec {
  readonly name: string;
  /** Why it is not to be had here, if it is not; its cells are empty then. */
  readonly unavailable: string | null;
  /** In the order of the ledger's values. */
  readonly cells: readonly Cell[];
  /** Where what the codec declares and what it did are at odds. */
  readonly disagreements: readonly string[];
}

/** Which values come back from which codecs. */
export interface Ledger {
  readonly format: "hellfact-ledger";
  readonly version: 1;
  readonly node: string;
  readonly values: readonly LedgerValue[];
  readonly codecs: readonly LedgerCodec[];
}

/** What a JSON decoder did with the cases of a parser suite. */
interface SuiteDecoder {
  readonly name: string;
  /** In the order of the suite's cases. */
  readonly verdicts: readonly SuiteVerdict[];
}

export interface SuiteVerdict {
  readonly verdict: "accepted" | "rejected" | "crashed";
  /** The first line of what the decoder said, or how its process died. */
  readonly detail: string | null;
}

/** A parser suite through every JSON decoder; cases are called by what is expected: `y_`, `n_`, `i_`. */
export interface SuiteReport {
  readonly format: "hellfact-suite";
  readonly version: 1;
  readonly node: string;
  readonly cases: readonly string[];
  readonly decoders: readonly SuiteDecoder[];
}
