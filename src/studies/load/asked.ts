/** What is asked of a load, as the command line and the library both say it. */
import type { Scheduling } from "./measure/connections/messages.js";

export interface LoadAsked {
  readonly compare?: boolean;
  readonly method?: readonly string[];
  /** Ascending. */
  readonly rows?: readonly number[];
  readonly table?: "events" | "facts";
  readonly documents?: readonly string[];
  readonly input?: string;
  readonly preset?: "pairs";
  readonly commit: "power" | "process";
  readonly timeout: number;
  readonly rounds: number;
  readonly budget: number;
  readonly connections?: readonly number[];
  readonly scheduling: readonly Scheduling[];
  readonly depth: number;
  readonly phase: number;
  readonly rate?: number;
  readonly values?: boolean;
  readonly verdict?: boolean;
  readonly seed: number;
}
