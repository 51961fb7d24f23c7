/**
 * What facts have at some paths, summed up in one pass and bounded memory: counts, different values, quantiles
 * and most frequent values, by groups. A summary of each part merges with those of others, in any order.
 */
export { AGGREGATES, type Aggregate, type AggregateKind } from "./aggregate.js";
export { formatSummaryPath, parsePath, type SummaryPath } from "./path.js";
export {
  questionFromText,
  questionName,
  questionOf,
  type Asked,
  type Question,
} from "./question.js";
export { pathsOf } from "./schema-paths.js";
export { MAX_GROUPS, Summary, type Group } from "./summary.js";
