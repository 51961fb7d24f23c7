/** Makes report pages: brings what the pure page cannot fetch itself. */
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { reportPage } from "../report/page/page.js";
import { toolVersion } from "../machine/environment.js";
import type { PageDocument, PageForm, PageTools } from "../report/page/section.js";
import type { Envelope } from "../results/document-type.js";
import { writeWhole } from "../sinks/file.js";

/** The page's script in one piece, as the build makes it of `src/browser`. */
const SCRIPT = "browser/page.js";

const PAGE_FILE = "report.html";

/** The report page of documents, as the text of an HTML file. */
export function pageOf(
  documents: readonly PageDocument[],
  more: Pick<PageTools, "heading" | "live"> = {},
): string {
  const built = resolve(import.meta.dirname, "..");
  const script = readFileSync(join(built, SCRIPT), "utf8");
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
