import fc from "fast-check";
import { allStudies } from "../../../src/studies/registry.js";
import { documentOf } from "../../../src/testing/document-of.js";
import type { Case, Category } from "../case.js";
import { changed, HOSTILE_TEXT, pathsIn, random, WRONG_VALUES } from "../hostile.js";

const FORMS = { text: "text", markdown: "markdown", csv: "csv", page: "html", charts: "svg" };
/** In text alone `<img` is what it is. */
const NEVER: Readonly<Record<string, Pick<Case, "never">>> = {
  csv: { never: /(^|,)"?[=@]/m },
  markdown: { never: /<img/ },
  html: { never: /<img/ },
  svg: { never: /<img/ },
};
/** The scripts of a page; and values that conformance tries are named. */
const FINE: Readonly<Record<string, Pick<Case, "fine">>> = {
  html: { fine: /Number\.isFinite/ },
  conformance: { fine: /NaN|Infinity/ },
};
/** Of each kind. */
const CASES = 60;
/** Documents of each kind that are changed. */
const DOCUMENTS = 6;

/** Each field of each kind of document, missing or with what does not belong there, in each form. */
const category: Category = {
  name: "documents",
  cases: async () => {
    const kinds = (await allStudies()).map(async (study, place): Promise<Case[]> => {
      const next = random(7 + place);
      const { kind, forms } = study;
      const { schema } = await study.document();
      const words = fc.constantFrom(
        "json",
        "none",
        "write",
        "2026-11-22T09:15:02.000Z",
        HOSTILE_TEXT,
      );
      const wholes = fc.sample(documentOf(schema, words), { numRuns: DOCUMENTS, seed: 18 });
      const names = Object.entries(FORMS).flatMap(([form, name]) => (form in forms ? [name] : []));
      return Array.from({ length: CASES }, (_, index) => {
        const whole = wholes[index % DOCUMENTS];
        const paths = pathsIn(whole);
        const path = paths[Math.floor(next() * paths.length)] ?? [];
        const values = [undefined, ...WRONG_VALUES];
        const edit = changed(whole, path, values[Math.floor(next() * values.length)]);
        const form = names[index % names.length] ?? "text";
        return {
          words: [
            "report",
            "d.json",
            "--format",
            form,
            ...(form === "svg" ? ["--chart", "write"] : ["--all"]),
          ],
          files: { "d.json": JSON.stringify(edit) },
          exits: [0, 2],
          ...NEVER[form],
          ...FINE[kind === "conformance" ? kind : form],
        };
      });
    });
    return (await Promise.all(kinds)).flat();
  },
};
export default category;
