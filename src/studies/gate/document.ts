/** The result document of a gate: every pair as it was made, and what was decided from them. */
import { Type, type Static } from "../../core/typebox.js";
import { environmentSchema } from "../../results/environment.js";
import { Amount, nullable, object, oneOf, Signed, Strings } from "../../results/schema.js";
import { envelope, type DocumentType } from "../../results/document-type.js";
import { renamed } from "../../results/renamed.js";

const Turn = object({
  wallSeconds: Amount,
  /** Of the whole process, collector included: what the gate decides by. */
  cpuSeconds: Amount,
  /** Time in which the main thread could have run and was not let. */
  waitSeconds: Amount,
  referenceSeconds: Amount,
});

const Reading = object({
  digest: Type.String(),
  encodedBytesPerFact: Amount,
  allocatedBytesPerFact: nullable(Amount),
  turns: Type.Array(Turn),
});

/** How the variants of a pair were run: each in a fresh process, or both in one. */
const Way = oneOf("two-processes", "one-process");

const Pair = object({
  /** Its place in `cells`. */
  cell: Amount,
  way: Type.Optional(Way),
  seconds: Amount,
  /** What a hypervisor or a quota stolen from the machine meanwhile, if that is told. */
  stolenSeconds: nullable(Amount),
  baseline: Reading,
  candidate: Reading,
});

const answer = oneOf("pass", "fail", "inconclusive");
/** Shares of the baseline's time; `null` where nothing can be told. */
const Share = nullable(Signed);

const Cell = object({
  name: Type.String(),
  codec: Type.String(),
  direction: oneOf("write", "read"),
  payload: Type.String(),
  answer,
  reason: nullable(Type.String()),
  change: Share,
  low: Share,
  high: Share,
  detectable: Share,
  pairs: Amount,
  confirming: Amount,
  dropped: Amount,
  /** What is counted and has no noise, of either variant. */
  encodedBytesPerFact: object({ baseline: Amount, candidate: Amount }),
  allocatedBytesPerFact: nullable(object({ baseline: Amount, candidate: Amount })),
});

/** In which way pairs were made, and what that was chosen by. */
const Ways = object({
  chosen: Way,
  /** `A/A pairs`, or why these did not decide. */
  reason: Type.String(),
  tried: Type.Array(
    object({
      way: Way,
      /** What each A/A pair showed, as a share: the baseline against itself, where the truth is 0. */
      changes: Type.Array(Signed),
      /** The root of the mean square of the logs of the ratios. */
      spread: Amount,
      secondsPerPair: Amount,
    }),
  ),
});

const gateDocumentSchema = object({
  ...envelope("gate", 2),
  complete: Type.Boolean(),
  environment: environmentSchema,
  command: Strings,
  gate: object({
    baseline: Type.String(),
    candidate: Type.String(),
    seed: Amount,
    answer,
    seconds: Amount,
    ways: Type.Optional(Ways),
    /** The change of all cells together, where there are several. */
    geometricMean: nullable(object({ change: Share, low: Share, high: Share })),
    cells: Type.Array(Cell),
    pairs: Type.Array(Pair),
  }),
});

/** What a gate found. */
export type GateDocument = Static<typeof gateDocumentSchema>;
export type GateCell = Static<typeof Cell>;
export type GatePair = Static<typeof Pair>;
export type GateWays = Static<typeof Ways>;
export type GateAnswer = Static<typeof answer>;

const NAMES_OF_VERSION_1 = {
  withheldSeconds: "stolenSeconds",
  sentinelSeconds: "referenceSeconds",
};

export const gateType: DocumentType<GateDocument> = {
  kind: "gate",
  version: 2,
  title: "a gate",
  schema: gateDocumentSchema,
  fromVersion1: (document) => renamed(document, NAMES_OF_VERSION_1) as object,
};
