/** What passes between the one who asks and the process that answers. */
import type { Cell, SuiteVerdict } from "../document.js";

/** What a process is for; it is sent once, at its start. */
export type Task =
  | { readonly kind: "values"; readonly codec: string }
  | {
      readonly kind: "suite";
      readonly codec: string;
      readonly ability: "decode" | "validate";
      /** The files of the cases. */
      readonly files: readonly string[];
    };

/** What a task's questions are answered with. */
export interface AnswerOf {
  values: Cell;
  suite: SuiteVerdict;
}
