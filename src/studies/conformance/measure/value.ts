import type { Loss, Refusal } from "../../../core/codec.js";
import type { JsonSchema } from "../../../core/json-schema.js";
import type { Cell } from "../document.js";

/** One line of the ledger: a value, and how it is put to a codec. */
export interface Value {
  readonly name: string;
  /** Whether a JSON document can hold it, so that any event may. */
  readonly inJson: boolean;
  readonly put: Put;
  /** What a codec may declare about it. */
  readonly loss?: Loss;
  readonly refusal?: Refusal;
  /** Whether the runtime's own limits, such as its stack, decide about it. */
  readonly runtimeDecides?: boolean;
}

type Put =
  /** In a fact, under the key `value`. */
  | {
      readonly kind: "value";
      readonly make: () => unknown;
      /** For codecs that need one; `null` where no JSON Schema can say the value. */
      readonly schema: () => JsonSchema | null;
      /** Whether the order of keys is what is looked at. */
      readonly keyOrder: boolean;
    }
  /** Many numbers, each in a fact of its own. */
  | { readonly kind: "numbers"; readonly make: () => number[] }
  /** JSON text that is given to decoders of JSON, and how what they make of it is judged. */
  | { readonly kind: "text"; readonly text: string; readonly judge: (value: unknown) => Cell };
