/** Which codec is fastest, which is smallest, and on another disk? */
import type { Study } from "../study.js";
import type { ResultDocument } from "./document.js";

const study: Study<ResultDocument> = {
  kind: "compare",
  commands: {
    bench: {
      summary: "compare codecs: facts per second, bytes, processor time",
      load: () => import("./command.js"),
    },
    roofline: {
      summary: "facts per second against disk bandwidth, and where each codec bends",
      load: () => import("./disk/roofline-command.js"),
    },
    "break-even": {
      summary:
        "one pipeline on a slow and on a fast disk: when compressing pays, as a formula said before",
      load: () => import("./disk/break-even-command.js"),
    },
  },
  document: async () => (await import("./document.js")).comparisonType,
  forms: {
    text: async (document, options) =>
      (await import("./report/text.js")).textReport(document, options),
    markdown: async (document) => (await import("./report/markdown.js")).markdownReport(document),
    csv: async (document) => (await import("./report/csv.js")).csvReport(document),
    charts: async (document) => (await import("./charts.js")).chartsOf(document),
    page: async () => (await import("./page/page.js")).comparisonPage,
  },
  headline: async (document) => (await import("./report/recommendation.js")).headlineOf(document),
};
export default study;
