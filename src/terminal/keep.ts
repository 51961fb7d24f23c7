import { firstLine } from "../core/errors.js";
import type { Envelope } from "../results/document-type.js";
import { makeRunFolder, saveDocument } from "../results/save.js";
import { say } from "./say.js";

/**
 * Keeps the document of a command whose answer is on the screen already, in a folder of its own. That
 * there is no place for it is told, and no failure.
 */
export function keepDocument(out: string, document: Envelope): void {
  try {
    saveDocument(out, makeRunFolder(out, new Date(document.createdAt)), document);
  } catch (error) {
    say(`the result was not kept: ${firstLine(error)}`);
  }
}
