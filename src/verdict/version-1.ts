/** What verdicts called the stages of a pipeline in documents of version 1. */

export const WORDS_OF_VERSION_1 = {
  "generator-bound": "source-bound",
  generator: "source",
  sink: "write",
};

const STAGES = { generator: "source", sink: "write", wideSink: "wideWrite" };

/** By the properties below which they stand. */
export const NAMES_OF_VERSION_1 = { ceilings: STAGES, evidence: STAGES, rounds: STAGES };
