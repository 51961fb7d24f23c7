/** Everything that was measured under folders, as one page: headlines first, the newest first. */
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { forTerminal } from "../core/foreign-text.js";
import { InputError } from "../core/errors.js";
import type { PageDocument } from "../report/page/section.js";
import type { Envelope } from "../results/document-type.js";
import { loadAny } from "../studies/registry.js";
import { pageOf } from "../terminal/page.js";

const RESULTS_FILE = "results.json";
/** Copies of the latest documents: of a run whose own folder is elsewhere, all that is here. */
const LATEST = /^latest\.[\w-]+\.json$/;
/** More documents make a page that nobody reads, and that takes long to draw. */
const MOST_DOCUMENTS = 24;

/**
 * Documents under a folder, the newest first: its own, those of its folders, and the latest of each kind.
 *
 * Throws an `InputError` where there is no such folder.
 */
export function documentsIn(folder: string): string[] {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new InputError(
      `${folder}: there is no such folder. hellfact keeps what it measures in out.`,
    );
  }
  const below = readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return [join(entry.name, RESULTS_FILE)];
    return LATEST.test(entry.name) ? [entry.name] : [];
  });
  return [RESULTS_FILE, ...below]
    .map((name) => join(folder, name))
    .flatMap((path) => {
      const stats = statSync(path, { throwIfNoEntry: false });
      return stats?.isFile() === true ? [{ path, at: stats.mtimeMs }] : [];
    })
    .toSorted((a, b) => b.at - a.at)
    .map(({ path }) => path);
}

/**
 * The page of all documents under folders. What cannot be read, or has no page, is left out and said.
 *
 * Rejects with an `InputError` where there is none.
 */
export async function everythingPage(
  folders: readonly string[],
  say: (text: string) => void,
  live?: string,
): Promise<string> {
  const loaded = await documentsOf(folders, say);
  const seen = new Set<string>();
  const documents: PageDocument[] = [];
  for (const { study, document } of loaded.slice(0, MOST_DOCUMENTS)) {
    const form = await study.forms.page?.();
    if (form === undefined || form.problem?.(document) !== undefined) continue;
    const subject = `${study.kind} ${form.subject(document)}`;
    const charts = await study.forms.charts?.(document);
    documents.push({
      name: [subject, ...whereAndWhen(document)].join(", "),
      document,
      form,
      headline: await study.headline(document),
      lead: charts?.values().next().value,
      isEarlier: seen.has(subject),
    });
    seen.add(subject);
  }
  if (documents.length === 0) {
    throw new InputError(
      `${folders.join(", ")} holds nothing that has a page. Run hellfact bench first.`,
    );
  }
  const left = loaded.length - MOST_DOCUMENTS;
  if (left > 0) say(`the newest ${MOST_DOCUMENTS} of ${loaded.length} documents are on the page.`);
  return pageOf(documents, { heading: `What was measured in ${folders.join(", ")}`, live });
}

/** Documents of folders, each once, the newest first. */
async function documentsOf(folders: readonly string[], say: (text: string) => void) {
  const found = new Map<string, Awaited<ReturnType<typeof loadAny>>>();
  for (const path of folders.flatMap(documentsIn)) {
    try {
      const { study, document } = await loadAny(path);
      const key = `${document.kind} ${document.createdAt}`;
      if (!found.has(key)) found.set(key, { study, document: forTerminal(document) });
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      say(`${error.message} It is left out.`);
    }
  }
  return [...found.values()].toSorted((a, b) =>
    b.document.createdAt.localeCompare(a.document.createdAt),
  );
}

/** No time stamp alone tells documents apart. */
function whereAndWhen(document: Envelope): string[] {
  const { environment, createdAt } = document as Envelope & {
    readonly environment?: { readonly cpuModel?: string; readonly cores?: number };
  };
  const when = createdAt.slice(0, 16).replace("T", " ");
  return environment?.cpuModel === undefined
    ? [when]
    : [`${environment.cpuModel} × ${environment.cores}`, when];
}
