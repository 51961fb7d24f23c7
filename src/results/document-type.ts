/** What every result document begins with, and what a reader has to know of each kind. */
import { Type, type TSchema } from "../core/typebox.js";

export const RESULTS_FORMAT = "hellfact-results";

/** The beginning of every document: of which kind it is decides what else is in it. */
export interface Envelope {
  readonly format: typeof RESULTS_FORMAT;
  readonly kind: string;
  /** Raised when a reader of the previous version would misread this one. */
  readonly version: number;
  readonly createdAt: string;
}

/** A kind of document: how it is told, how it is checked, and how its first version becomes this one. */
export interface DocumentType<D extends Envelope> {
  readonly kind: D["kind"];
  readonly version: D["version"];
  /** What a document of it is, in an error: `a run of the pipeline`. */
  readonly title: string;
  readonly schema: TSchema;
  /** A document of version 1, which said nothing of its kind, with the words of this version. */
  readonly fromVersion1?: (document: Readonly<Record<string, unknown>>) => object;
}

/** The properties that every document's definition begins with. */
export function envelope<const K extends string, const V extends number>(kind: K, version: V) {
  return {
    format: Type.Literal(RESULTS_FORMAT),
    kind: Type.Literal(kind),
    version: Type.Literal(version),
    createdAt: Type.String(),
  };
}

/** The beginning of a document that is made now. */
export function begun<const K extends string, const V extends number>(
  kind: K,
  version: V,
  createdAt = new Date().toISOString(),
) {
  return { format: RESULTS_FORMAT, kind, version, createdAt } as const;
}
