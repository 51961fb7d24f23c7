/** What do facts have: how many different values, which quantiles, and what comes most often? */
import type { Study } from "../study.js";
import type { SummariseDocument } from "./document.js";

const study: Study<SummariseDocument> = {
  kind: "summarise",
  commands: {
    summarise: {
      summary: "different values, quantiles and most frequent values of facts, in little memory",
      load: () => import("./command.js"),
    },
  },
  document: async () => (await import("./document.js")).summariseType,
  forms: {
    text: async (document, options) =>
      (await import("./report/text.js")).summarisedText(document, options),
    markdown: async (document) =>
      (await import("./report/markdown.js")).summariseMarkdown(document),
    csv: async (document) => (await import("./report/csv.js")).summariseCsv(document),
    charts: async (document) => (await import("./report/charts.js")).summariseDrawings(document),
    page: async () => (await import("./page.js")).summarisePage,
  },
  headline: async (document) => (await import("./report/sentences.js")).summariseHeadline(document),
};
export default study;
