/** What a process that asks one way is told, and what it answers. */
import type { Questions } from "./questions.js";
import type { WayPlace } from "./way.js";

export interface WayTask {
  readonly way: string;
  readonly place: WayPlace;
  readonly questions: Questions;
  /** Whether the facts are still to be loaded. */
  readonly isFirst: boolean;
}

export type QuestionName = "byId" | "inRange" | "averages";

export interface WayFigures {
  readonly server: string;
  /** Where the facts were loaded. */
  readonly load: { readonly seconds: number; readonly storedBytes: number } | null;
  readonly asked: Readonly<
    Record<QuestionName, { readonly answers: number; readonly wallSeconds: number }>
  >;
  readonly peakMemoryBytes: number;
}
