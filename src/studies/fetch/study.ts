/** How fast do rows get out of a database, and what does the shape of a row cost? */
import type { Study } from "../study.js";
import type { FetchDocument } from "./document.js";

const study: Study<FetchDocument> = {
  kind: "fetch",
  commands: {
    fetch: {
      summary: "rows out of a database: what drivers, shapes and cursors cost",
      load: () => import("./command.js"),
    },
  },
  document: async () => (await import("./document.js")).fetchType,
  forms: {
    text: async (document, options) =>
      (await import("./report/text.js")).fetchText(document, options),
    markdown: async (document) => (await import("./report/markdown.js")).fetchMarkdown(document),
    csv: async (document) => (await import("./report/csv.js")).fetchCsv(document),
    page: async () => (await import("./page.js")).fetchPage,
    charts: async (document) => (await import("./report/charts.js")).fetchDrawings(document),
  },
  headline: async (document) => (await import("./report/sentences.js")).fetchHeadline(document),
};
export default study;
