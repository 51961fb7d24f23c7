/**
 * Facts back out: what is in them, and when keeping JSON pays.
 *
 * `query`, `find` and `get` ask a run's parts or a file (`ask/` prints the answer). `query --compare` loads the same
 * facts into each way of keeping them (`measure/ways.ts`), asks each the same questions (`model/questions.ts`) in a
 * process of its own, and `model/pays.ts` says from when on keeping JSON is cheaper.
 */
import type { Study } from "../study.js";
import type { QueryDocument } from "./document.js";

const study: Study<QueryDocument> = {
  kind: "query",
  commands: {
    query: {
      summary: "ask written facts in SQL, or measure what asking costs",
      load: () => import("./command.js"),
    },
    find: {
      summary: "facts for which a condition holds, without SQL",
      load: () => import("./find-command.js"),
    },
    get: {
      summary: "one fact of a run by its number",
      load: () => import("./get-command.js"),
    },
  },
  document: async () => (await import("./document.js")).queryType,
  forms: {
    text: async (document, options) =>
      (await import("./report/text.js")).queryText(document, options),
    markdown: async (document) => (await import("./report/markdown.js")).queryMarkdown(document),
    csv: async (document) => (await import("./report/csv.js")).queryCsv(document),
    page: async () => (await import("./page.js")).queryPage,
    charts: async (document) => (await import("./report/charts.js")).queryDrawings(document),
  },
  headline: async (document) => (await import("./report/sentences.js")).queryHeadline(document),
};
export default study;
