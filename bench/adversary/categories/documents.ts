import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Case, Category } from "../case.js";
import { changed, pathsIn, prepare, random, WRONG_VALUES } from "../hostile.js";

const small = ["--facts", "8", "--fact-size", "4KB"];
/** Commands that make a document of each kind, with the forms that it is printed in. */
const KINDS: Readonly<Record<string, { words: readonly string[]; forms: readonly string[] }>> = {
  compare: {
    words: [
      "bench",
      "--codec",
      "json",
      "--compress",
      "none",
      "--budget",
      "2s",
      "--facts",
      "8",
      "--fact-size",
      "4KB",
    ],
    forms: ["text", "markdown", "csv", "html"],
  },
  run: { words: ["run", ...small, "--sink", "null", "--workers", "1"], forms: ["text", "html"] },
  infer: { words: ["infer", "f.ndjson"], forms: ["text"] },
  conformance: { words: ["conformance", "--codec", "json,msgpackr"], forms: ["text", "markdown"] },
  size: { words: ["size", "--facts-per-day", "8.5M"], forms: ["text", "markdown", "html"] },
  load: {
    words: [
      "load",
      "--compare",
      "--store",
      "sqlite:x.db",
      "--rows",
      "100",
      "--method",
      "one-by-one",
    ],
    forms: ["text", "markdown", "csv", "html"],
  },
};
/** In text alone `<img` is what it is. */
const NEVER: Readonly<Record<string, Pick<Case, "never">>> = {
  csv: { never: /(^|,)"?[=@]/m },
  markdown: { never: /<img/ },
  html: { never: /<img/ },
};
/** The scripts of a page; and values that conformance tries are named. */
const FINE: Readonly<Record<string, Pick<Case, "fine">>> = {
  html: { fine: /Number\.isFinite/ },
  conformance: { fine: /NaN|Infinity/ },
};
/** Of each kind. */
const CASES = 90;

/** Each field of each kind of document, missing or with what does not belong there, in each form. */
const category: Category = {
  name: "documents",
  cases: (scratch) => {
    prepare(scratch, ["generate", ...small, "--output", "f.ndjson"]);
    const next = random(7);
    return Object.entries(KINDS).flatMap(([kind, { words, forms }]) => {
      try {
        prepare(scratch, [...words, "--quiet"]);
      } catch (error) {
        console.error(`documents: no ${kind}: ${String(error).slice(0, 200)}`);
        return [];
      }
      const text = readFileSync(join(scratch, "out", `latest.${kind}.json`), "utf8");
      const document: unknown = JSON.parse(text);
      const edits = pathsIn(document).flatMap((path) =>
        [undefined, ...WRONG_VALUES].map((value) => changed(document, path, value)),
      );
      return Array.from({ length: CASES }, (_, index): Case => {
        const edit = edits[Math.floor(next() * edits.length)];
        const form = forms[index % forms.length] ?? "text";
        return {
          words: ["report", "d.json", "--format", form, "--all"],
          files: { "d.json": JSON.stringify(edit) },
          exits: [0, 2],
          ...NEVER[form],
          ...FINE[kind === "conformance" ? kind : form],
        };
      });
    });
  },
};
export default category;
