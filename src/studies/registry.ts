/** The only list of studies there is: the kind of a document, and who knows it. */
import { InputError } from "../core/errors.js";
import type { Finding } from "../machine/finding.js";
import type { Envelope } from "../results/document-type.js";
import type { CommandEntry, Study } from "./study.js";

const STUDIES: Readonly<Record<string, () => Promise<{ readonly default: Study }>>> = {
  compare: () => import("./compare/study.js"),
  run: () => import("./run/study.js"),
  warmup: () => import("./warmup/study.js"),
  gate: () => import("./gate/study.js"),
  size: () => import("./size/study.js"),
  conformance: () => import("./conformance/study.js"),
  load: () => import("./load/study.js"),
  infer: () => import("./infer/study.js"),
  query: () => import("./query/study.js"),
  fetch: () => import("./fetch/study.js"),
  summarise: () => import("./summarise/study.js"),
  queue: () => import("./queue/study.js"),
  publish: () => import("./publish/study.js"),
};

export async function allStudies(): Promise<readonly Study[]> {
  const loaded = await Promise.all(Object.values(STUDIES).map((load) => load()));
  return loaded.map((module) => module.default);
}

/** The commands of all studies, by their names. */
export async function studyCommands(): Promise<Readonly<Record<string, CommandEntry>>> {
  return Object.assign({}, ...(await allStudies()).map(({ commands }) => commands));
}

/** What every study has to say of this machine. */
export async function diagnoseStudies(): Promise<Finding[]> {
  const studies = await allStudies();
  const found = await Promise.all(studies.map(async (study) => (await study.diagnose?.()) ?? []));
  return found.flat();
}

/** The study that a kind of document belongs to. Rejects with an `InputError` if there is none. */
async function studyOf(kind: string, path: string): Promise<Study> {
  const load = Object.hasOwn(STUDIES, kind) ? STUDIES[kind] : undefined;
  if (load !== undefined) return (await load()).default;
  const known = Object.keys(STUDIES).join(", ");
  throw new InputError(`${path}: no study makes documents of kind "${kind}"; known are ${known}.`);
}

/** Reads a document of any kind, with the study that knows it. Rejects with an `InputError`. */
export async function loadAny(path: string): Promise<{ study: Study; document: Envelope }> {
  // Commands that read no document need not load what checks them.
  const { checkedDocument, parseDocument } = await import("../results/load.js");
  const parsed = parseDocument(path);
  const study = await studyOf(parsed.kind, path);
  return { study, document: checkedDocument(parsed, [await study.document()]) };
}
