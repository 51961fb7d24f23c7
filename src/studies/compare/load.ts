import { loadDocument } from "../../results/load.js";
import { comparisonType, type ResultDocument } from "./document.js";

/**
 * Reads the document of a comparison. Throws an `InputError` naming the file and the field that is
 * wrong.
 */
export function loadResults(path: string): ResultDocument {
  return loadDocument(path, [comparisonType]);
}
