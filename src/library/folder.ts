import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Envelope } from "../results/document-type.js";
import { makeRunFolder, saveDocument } from "../results/save.js";

/**
 * Gives `work` a folder for its data files: one under `out`, where it is kept with its document, as the
 * commands do; without `out` a temporary one, which is gone afterwards.
 */
export async function inRunFolder<T extends { readonly document: Envelope }>(
  out: string | undefined,
  work: (folder: string) => Promise<T>,
): Promise<T> {
  if (out !== undefined) {
    const folder = makeRunFolder(out, new Date());
    const done = await work(folder);
    saveDocument(out, folder, done.document);
    return done;
  }
  const folder = mkdtempSync(join(tmpdir(), "hellfact-"));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Keeps a document under `out` in a folder of its own, if `out` says where. */
export function keepIn(out: string | undefined, document: Envelope): void {
  if (out !== undefined)
    saveDocument(out, makeRunFolder(out, new Date(document.createdAt)), document);
}
