/** How did a run of the pipeline go, and what bound it? */
import type { Study } from "../study.js";
import type { RunDocument } from "./document.js";

const study: Study<RunDocument> = {
  kind: "run",
  commands: {
    run: {
      summary: "the pipeline, end to end: every core busy, safe to kill and resume",
      load: () => import("./command.js"),
    },
  },
  document: async () => (await import("./document.js")).runType,
  forms: {
    text: async (document, options) => (await import("./report.js")).runText(document, options),
    page: async () => (await import("./page.js")).runPage,
  },
  headline: async (document) => (await import("./report.js")).runHeadline(document),
};
export default study;
