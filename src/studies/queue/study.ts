/** How did the jobs of a queue go, and which stage's permits bound them? */
import type { Study } from "../study.js";
import type { QueueDocument } from "./document.js";

const study: Study<QueueDocument> = {
  kind: "queue",
  commands: {
    queue: {
      summary: "any jobs, in stages with permits: never more than so many of a stage at once",
      load: () => import("./command.js"),
    },
    pairs: {
      summary: "distances of a range of pairs of samples, which a queue has many of",
      load: () => import("./pairs/command.js"),
    },
  },
  document: async () => (await import("./document.js")).queueType,
  forms: {
    text: async (document, options) =>
      (await import("./report/text.js")).queueText(document, options),
    markdown: async (document) => (await import("./report/markdown.js")).queueMarkdown(document),
    csv: async (document) => (await import("./report/csv.js")).queueCsv(document),
    charts: async (document) => (await import("./report/charts.js")).queueDrawings(document),
    page: async () => (await import("./page.js")).queuePage,
  },
  headline: async (document) => (await import("./report/sentences.js")).queueHeadline(document),
};
export default study;
