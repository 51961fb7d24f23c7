/**
 * How fast do rows get out of a database, and what does the shape of a row cost?
 *
 * `measure/compare.ts` makes a table and fetches it by every driver, shape and way, each cell in fresh processes of
 * its own, a round over all cells after the other, in a new order each. Of every fetch the rows are counted and
 * their numbers added up: a driver that loses one has no figures. What a shape costs is told from cells of the
 * same round.
 */
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
