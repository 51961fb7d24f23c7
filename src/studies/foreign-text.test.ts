/** A document of any kind may come from elsewhere: nothing in any of its fields is obeyed where it is printed. */
import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { forTerminal } from "../core/foreign-text.js";
import { reportPage } from "../report/page/page.js";
import type { Envelope } from "../results/document-type.js";
import { documentOf } from "../testing/document-of.js";
import { allStudies } from "./registry.js";
import type { Study } from "./study.js";

const hostile = fc.constantFrom(
  "=cmd()\u001b[31m<img src=x>\n[a](b)\u0007\u009b2J\u202e",
  "@x`<img src=x>`",
  "+1\r<img src=x>",
);
const studies = await allStudies();

/** What each form makes of a document, and what must not be in it. */
const FORMS: Readonly<Record<string, (study: Study, document: Envelope) => Promise<void>>> = {
  text: async (study, document) => {
    const text = await study.forms.text(document, { colors: false, detail: { all: true } });
    expect(text).not.toMatch(CONTROLS);
    // A headline is told in a line, by what makes lines safe.
    expect(typeof (await study.headline(document))).toBe("string");
  },
  markdown: async ({ forms }, document) => {
    const text = await forms.markdown?.(document);
    if (text === undefined) return;
    expect(text).not.toMatch(CONTROLS);
    expect(text).not.toMatch(/<img|(?<!\\)\[a(?<!\\)\]\(b\)/);
  },
  csv: async ({ forms }, document) => {
    const text = await forms.csv?.(document);
    if (text === undefined) return;
    expect(text).not.toMatch(CONTROLS);
    for (const cell of parse(text, { relax_column_count: true }).flat()) {
      expect(cell).not.toMatch(/^(?:[=@]|[+-](?![\d.]+(?:e[+-]?\d+)?$))/);
    }
  },
  page: async ({ forms }, document) => {
    const form = await forms.page?.();
    if (form === undefined || form.problem?.(document) !== undefined) return;
    const page = reportPage([{ name: "x", document: forTerminal(document), form }], {
      ...{ script: "", gzip: (text: string) => Buffer.from(text), toolVersion: "" },
    });
    expect(page).not.toContain("<img");
  },
  charts: async ({ forms }, document) => {
    const charts = (await forms.charts?.(forTerminal(document))) ?? new Map<string, () => string>();
    for (const draw of charts.values()) expect(draw()).not.toContain("<img");
  },
};
// oxlint-disable-next-line no-control-regex
const CONTROLS = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e]/;

describe.each(studies.map((study) => [study.kind, study] as const))("%s", (_, study) => {
  test.each(Object.keys(FORMS))("obeys nothing as %s", async (form) => {
    const { schema } = await study.document();
    await fc.assert(
      fc.asyncProperty(documentOf(schema, hostile), async (document) => {
        await FORMS[form]?.(study, document as Envelope);
      }),
      { numRuns: form === "charts" || form === "page" ? 2 : 15, endOnFailure: true },
    );
  });
});
