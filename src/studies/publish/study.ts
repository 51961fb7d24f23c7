/**
 * How fast do facts get into a stream, how long until each is kept, and what holds them up?
 *
 * `hellfact run --sink nats://HOST/STREAM` publishes (`pipeline/publish-source.ts`); its document is told here.
 */
import type { Study } from "../study.js";
import type { PublishDocument } from "./document.js";

const study: Study<PublishDocument> = {
  kind: "publish",
  document: async () => (await import("./document.js")).publishType,
  forms: {
    text: async (document, options) =>
      (await import("./report/text.js")).publishText(document, options),
    markdown: async (document) => (await import("./report/markdown.js")).publishMarkdown(document),
    csv: async (document) => (await import("./report/csv.js")).publishCsv(document),
    charts: async (document) => (await import("./report/charts.js")).publishDrawings(document),
    page: async () => (await import("./page.js")).publishPage,
  },
  headline: async (document) => (await import("./report/sentences.js")).publishHeadline(document),
};
export default study;
