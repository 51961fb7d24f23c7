/** How do codecs begin, and what do short jobs pay? */
import type { Study } from "../study.js";
import type { WarmupDocument } from "./document.js";

const study: Study<WarmupDocument> = {
  kind: "warmup",
  commands: {
    warmup: {
      summary: "how codecs begin: rate from the first fact on, steady state, what short jobs pay",
      load: () => import("./command.js"),
    },
  },
  document: async () => (await import("./document.js")).warmupType,
  forms: {
    text: async (document, options) =>
      (await import("./report/text.js")).warmupText(document, options),
    charts: async (document) => (await import("./report/drawings.js")).warmupDrawings(document),
    page: async () => (await import("./page.js")).warmupPage,
  },
  headline: async (document) => (await import("./report/text.js")).warmupHeadline(document),
};
export default study;
