/** What a conformance study found: what codecs do to values, or to the cases of a parser suite. */
import { Type, type Static } from "../../core/typebox.js";
import { envelope, type DocumentType } from "../../results/document-type.js";
import { nullable, object, oneOf, Strings } from "../../results/schema.js";

/**
 * What became of one value in one codec: it came back as it was; as something else; the codec said no
 * instead of changing it; it was written, and its own reader could not read it; the process died or
 * never answered; or the question does not arise, as for JSON text given to a codec that reads none.
 */
const Outcome = oneOf("exact", "changed", "refused", "unreadable", "crashed", "not-asked");

/** What it was changed to, or the first line of what the codec said; `null` where all is well. */
const Cell = object({ outcome: Outcome, detail: nullable(Type.String()) });

/** A value that every codec is asked to carry, and whether a JSON document can hold it. */
const LedgerValue = object({ name: Type.String(), inJson: Type.Boolean() });

const LedgerCodec = object({
  name: Type.String(),
  /** Why it is not to be had here, if it is not; its cells are empty then. */
  unavailable: nullable(Type.String()),
  /** In the order of the ledger's values. */
  cells: Type.Array(Cell),
  /** Where what the codec declares and what it did are at odds. */
  disagreements: Strings,
});

const ledger = { values: Type.Array(LedgerValue), codecs: Type.Array(LedgerCodec) };

/** What was done with a case, and the first line of what the decoder said, or how its process died. */
const SuiteVerdict = object({
  verdict: oneOf("accepted", "rejected", "crashed"),
  detail: nullable(Type.String()),
});

/** What a JSON decoder did with the cases of a parser suite, in their order. */
const SuiteDecoder = object({ name: Type.String(), verdicts: Type.Array(SuiteVerdict) });

/** Cases are called by what is expected: `y_`, `n_`, `i_`. */
const suite = { cases: Strings, decoders: Type.Array(SuiteDecoder) };

const Found = { node: Type.String() };
const ledgerSchema = object({ ...Found, ...ledger });
const suiteSchema = object({ ...Found, ...suite });

/** Which values come back from which codecs. */
export type Ledger = Static<typeof ledgerSchema>;
export type LedgerCodec = Static<typeof LedgerCodec>;
export type Cell = Static<typeof Cell>;
export type Outcome = Static<typeof Outcome>;
/** A parser suite through every JSON decoder. */
export type SuiteReport = Static<typeof suiteSchema>;
export type SuiteVerdict = Static<typeof SuiteVerdict>;

const conformanceSchema = object({
  ...envelope("conformance", 2),
  ...Found,
  /** Of values; not there where a suite was asked for. */
  values: Type.Optional(ledger.values),
  codecs: Type.Optional(ledger.codecs),
  /** Of a suite; not there where values were asked for. */
  cases: Type.Optional(suite.cases),
  decoders: Type.Optional(suite.decoders),
});

export type ConformanceDocument = Static<typeof conformanceSchema>;

export const conformanceType: DocumentType<ConformanceDocument> = {
  kind: "conformance",
  version: 2,
  title: "a conformance study",
  schema: conformanceSchema,
};
