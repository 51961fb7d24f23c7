/** Which values come back from which codec, and as what? */
import type { Study } from "../study.js";
import type { ConformanceDocument } from "./document.js";

const study: Study<ConformanceDocument> = {
  kind: "conformance",
  commands: {
    conformance: {
      summary: "which values come back from which codec, and as what",
      load: () => import("./command.js"),
    },
  },
  document: async () => (await import("./document.js")).conformanceType,
  forms: {
    text: async (document, options) =>
      (await import("./report/text.js")).conformanceText(document, options),
    markdown: async (document) => (await import("./report/text.js")).conformanceMarkdown(document),
    charts: async (document) => (await import("./report/charts.js")).conformanceDrawings(document),
    page: async () => (await import("./page.js")).conformancePage,
  },
  headline: async (document) => (await import("./report/text.js")).conformanceHeadline(document),
};
export default study;
