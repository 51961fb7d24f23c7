/** What is the schema of facts, and how sure is that? */
import type { Study } from "../study.js";
import type { InferenceDocument } from "./document.js";

const study: Study<InferenceDocument> = {
  kind: "infer",
  commands: {
    infer: {
      summary: "the JSON Schema of facts, and how sure it is",
      load: () => import("./command.js"),
    },
  },
  document: async () => (await import("./document.js")).inferenceType,
  forms: {
    text: async (document, options) =>
      (await import("./report/text.js")).inferenceText(document, options),
    page: async () => (await import("./page.js")).inferencePage,
  },
  headline: async (document) => (await import("./report/text.js")).inferenceHeadline(document),
};
export default study;
