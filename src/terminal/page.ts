/** Makes report pages: brings what the pure page cannot fetch itself. */
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { joinedModules } from "../report/page/script.js";
import { reportPage } from "../report/page/page.js";
import type { NamedDocument } from "../report/page/section.js";
import type { ResultDocument } from "../studies/compare/document.js";
import type { RunDocument } from "../studies/run/document.js";
import { writeWhole } from "../sinks/file.js";

/** Modules of the page's script, each after those that it imports from. */
const MODULES = [
  "report/numbers",
  "verdict/model",
  "browser/sort",
  "browser/choose",
  "browser/disk",
  "browser/main",
];

const PAGE_FILE = "report.html";

/** The report page of documents, as the text of an HTML file. */
export function pageOf(documents: readonly NamedDocument<ResultDocument | RunDocument>[]): string {
  const built = resolve(import.meta.dirname, "..");
  const script = joinedModules(
    MODULES.map((name) => readFileSync(join(built, `${name}.js`), "utf8")),
  );
  return reportPage(documents, { script, gzip: (text) => gzipSync(text) });
}

/** Writes the page of a document into the folder of its results; it appears only whole. */
export function savePage(folder: string, document: ResultDocument | RunDocument): void {
  writeWhole(join(folder, PAGE_FILE), Buffer.from(pageOf([{ name: folder, document }])), "none");
}
