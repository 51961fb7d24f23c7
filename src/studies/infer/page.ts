/** How an inferred schema becomes part of a page. */
import { day } from "../../report/page/card.js";
import { unfolding } from "../../report/page/figure.js";
import { markup } from "../../report/page/markup.js";
import { measuredSection } from "../../report/page/measured.js";
import type { PageForm, Section } from "../../report/page/section.js";
import { dataTable } from "../../report/page/table.js";
import type { InferenceDocument } from "./document.js";
import { inferenceHeadline } from "./report/text.js";

function pathsSection({ paths, schema }: InferenceDocument): Section {
  const table = dataTable({
    caption: "Paths, and what was seen there",
    columns: [
      { head: "path", align: "left" },
      { head: "type", align: "left" },
      { head: "in % of objects", align: "right" },
      { head: "values", align: "right" },
      { head: "", align: "left" },
    ],
    rows: paths.map(({ path, type, share, values, note }) => ({
      cells: [path, type, (share * 100).toFixed(share === 1 ? 0 : 1), String(values), note],
    })),
  });
  const text = markup`<pre><code>${JSON.stringify(schema, null, 2)}</code></pre>`;
  return {
    id: "paths",
    title: "What is in the facts",
    body: markup`${table}${unfolding("The JSON Schema", text)}`,
  };
}

export const inferencePage: PageForm<InferenceDocument> = {
  title: () => "The schema of facts",
  subject: ({ source }) => `of ${source}`,
  subtitle: ({ source, facts, createdAt }) => `${facts} facts of ${source}; ${day(createdAt)}`,
  firstScreen: (document) => markup`<p class="answer">${inferenceHeadline(document)}</p>`,
  sections: (document, context) => [
    pathsSection(document),
    measuredSection(document, [["facts", document.source]], undefined, context),
  ],
};
