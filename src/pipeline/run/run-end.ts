/** Why a run has no more parts to come. */
export type RunEnd = "facts" | "duration" | "input";
