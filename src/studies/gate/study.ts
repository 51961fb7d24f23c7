/** Did a change make serializing slower? */
import type { Study } from "../study.js";
import type { GateDocument } from "./document.js";

const study: Study<GateDocument> = {
  kind: "gate",
  commands: {
    gate: {
      summary: "did this change make serializing slower? two versions, side by side",
      load: () => import("./command.js"),
    },
    history: {
      summary: "ratios against a pinned release over time, and where they changed",
      load: () => import("./history-command.js"),
    },
  },
  document: async () => (await import("./document.js")).gateType,
  forms: {
    text: async (document, options) =>
      (await import("./report/text.js")).gateText(document, options),
    markdown: async (document) => (await import("./report/markdown.js")).gateMarkdown(document),
    page: async () => (await import("./page.js")).gatePage,
    charts: async (document) => (await import("./report/charts.js")).gateDrawings(document),
  },
  headline: async (document) => (await import("./report/sentence.js")).gateAnswer(document),
};
export default study;
