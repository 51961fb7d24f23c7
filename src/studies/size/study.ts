/** How many machines does a load take, and what do they cost? */
import type { Study } from "../study.js";
import type { SizingDocument } from "./document.js";

const study: Study<SizingDocument> = {
  kind: "size",
  commands: {
    size: {
      summary: "how many machines a load takes, what binds, and what it costs",
      load: () => import("./command.js"),
    },
  },
  document: async () => (await import("./document.js")).sizingType,
  forms: {
    text: async (document, options) =>
      (await import("./report/text.js")).sizingText(document, options),
    markdown: async (document) => (await import("./report/markdown.js")).sizingMarkdown(document),
    charts: async (document) => (await import("./report/drawings.js")).sizingDrawings(document),
    page: async () => (await import("./page.js")).sizingPage,
  },
  diagnose: async () => [(await import("./prices.js")).diagnosePrices(new Date())],
  headline: async (document) => (await import("./report/conclusion.js")).sizingHeadline(document),
};
export default study;
