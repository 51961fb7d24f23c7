/**
 * How do facts get into a database, and what binds?
 *
 * `measure/compare.ts` loads the same rows by every method and size, a cell in a process that can be killed, a
 * round over all cells after the other; `measure/connections/` keeps connections busy and samples what they wait
 * for; `measure/verdict/` measures source, driver, server and disk alone, and `model/judge.ts` says which of them
 * binds; `measure/load-run.ts` loads the parts of a run, each exactly once. What is loaded is made in `tables/`.
 */
import type { Study } from "../study.js";
import type { LoadDocument } from "./document.js";

const study: Study<LoadDocument> = {
  kind: "load",
  commands: {
    load: {
      summary: "facts into a database: how fast, by which method, and where it collapses",
      load: () => import("./command.js"),
    },
  },
  document: async () => (await import("./document.js")).loadType,
  forms: {
    text: async (document, options) =>
      (await import("./report/text.js")).loadText(document, options),
    markdown: async (document) => (await import("./report/markdown.js")).loadMarkdown(document),
    csv: async (document) => (await import("./report/csv.js")).loadCsv(document),
    page: async () => (await import("./page.js")).loadPage,
    charts: async (document) => (await import("./report/drawings.js")).loadDrawings(document),
  },
  headline: async (document) => (await import("./report/sentences.js")).loadHeadline(document),
};
export default study;
