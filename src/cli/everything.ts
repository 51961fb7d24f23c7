/** Everything that was measured under a folder, as one page: headlines first, the newest first. */
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "../core/errors.js";
import type { PageDocument } from "../report/page/section.js";
import type { Envelope } from "../results/document-type.js";
import { loadAny } from "../studies/registry.js";
import { pageOf } from "../terminal/page.js";

const RESULTS_FILE = "results.json";
/** More documents make a page that nobody reads, and that takes long to draw. */
const MOST_DOCUMENTS = 24;

/** Documents under a folder, the newest first: those of its folders, and those that lie in it by other names. */
export function documentsIn(folder: string): string[] {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new InputError(
      `${folder}: there is no such folder. hellfact keeps what it measures in out.`,
    );
  }
  const own = join(folder, RESULTS_FILE);
  const below = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(folder, name, RESULTS_FILE));
  return [own, ...below]
    .flatMap((path) => {
      const stats = statSync(path, { throwIfNoEntry: false });
      return stats?.isFile() === true ? [{ path, at: stats.mtimeMs }] : [];
    })
    .toSorted((a, b) => b.at - a.at)
    .map(({ path }) => path);
}

/**
 * The page of all documents under a folder. What cannot be read, or has no page, is left out and said.
 *
 * Rejects with an `InputError` where there is none.
 */
export async function everythingPage(
  folder: string,
  say: (text: string) => void,
  live?: string,
): Promise<string> {
  const paths = documentsIn(folder);
  const documents: PageDocument[] = [];
  for (const path of paths.slice(0, MOST_DOCUMENTS)) {
    try {
      const { study, document } = await loadAny(path);
      const form = await study.forms.page?.();
      if (form === undefined || form.problem?.(document) !== undefined) continue;
      const headline = await study.headline(document);
      documents.push({ name: nameOf(study.kind, document), document, form, headline });
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      say(`${error.message} It is left out.`);
    }
  }
  if (documents.length === 0)
    throw new InputError(`${folder} holds nothing that has a page. Run hellfact bench first.`);
  const left = paths.length - MOST_DOCUMENTS;
  if (left > 0) say(`the newest ${MOST_DOCUMENTS} of ${paths.length} documents are on the page.`);
  return pageOf(documents, { heading: `What was measured in ${folder}`, live });
}

/** What was measured, with what, where and when: no time stamp alone tells documents apart. */
function nameOf(kind: string, document: Envelope): string {
  const { payload, source, store, environment, createdAt, terms, servers } = document as Envelope &
    Named;
  const load = terms?.load?.name;
  const input = payload?.source ?? (typeof source === "string" ? source : load);
  const places = store?.name ?? servers?.map((server) => server.split(" by ")[0]).join(" and ");
  const machine =
    environment?.cpuModel === undefined
      ? undefined
      : `${environment.cpuModel} × ${environment.cores}`;
  const when = createdAt.slice(0, 16).replace("T", " ");
  const at =
    places === undefined || places === "" ? "" : ` ${kind === "load" ? "into" : "from"} ${places}`;
  return [`${kind}${input === undefined ? "" : ` of ${input}`}${at}`, machine, when]
    .filter((part) => part !== undefined && part !== "")
    .join(", ");
}

/** Where documents of some kind say what they are of. */
interface Named {
  readonly payload?: { readonly source?: string } | null;
  readonly source?: unknown;
  readonly store?: { readonly name?: string };
  readonly servers?: readonly string[];
  readonly terms?: { readonly load?: { readonly name?: string } };
  readonly environment?: { readonly cpuModel?: string; readonly cores?: number };
}
