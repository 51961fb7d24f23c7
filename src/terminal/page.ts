/** Makes report pages: brings what the pure page cannot fetch itself. */
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { joinedModules } from "../report/page/script.js";
import { reportPage } from "../report/page/page.js";
import { toolVersion } from "../machine/environment.js";
import type { PageDocument, PageForm, PageTools } from "../report/page/section.js";
import type { Envelope } from "../results/document-type.js";
import { writeWhole } from "../sinks/file.js";

/** Modules of the page's script, each after those that it imports from. */
const MODULES = [
  "report/numbers",
  "verdict/model",
  "browser/sort",
  "browser/choose",
  "browser/disk",
  "browser/copy",
  "browser/live",
  "browser/main",
];

const PAGE_FILE = "report.html";

/** The report page of documents, as the text of an HTML file. */
export function pageOf(
  documents: readonly PageDocument[],
  more: Pick<PageTools, "heading" | "live"> = {},
): string {
  const built = resolve(import.meta.dirname, "..");
  const script = joinedModules(
    MODULES.map((name) => readFileSync(join(built, `${name}.js`), "utf8")),
  );
  return reportPage(documents, {
    script,
    gzip: (text) => gzipSync(text),
    toolVersion: toolVersion(),
    ...more,
  });
}

/** Writes the page of a document into the folder of its results; it appears only whole. */
export function savePage<D extends Envelope>(folder: string, document: D, form: PageForm<D>): void {
  const page = pageOf([{ name: folder, document, form }]);
  writeWhole(join(folder, PAGE_FILE), Buffer.from(page), "none");
}
