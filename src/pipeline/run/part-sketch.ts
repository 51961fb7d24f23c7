/**
 * What a run's parts sum up to, kept beside them: a sketch for each part and question. Its name has the
 * checksum of the part that it was made of, so that one of other bytes does not count.
 */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { writeWhole } from "../../sinks/file.js";
import { makeFolder } from "../../sinks/folder.js";
import { questionName, Summary, type Question } from "../../summarise/index.js";
import type { MadeRange } from "./plan.js";
import { partName } from "./worker/part-name.js";

const FOLDER = "sketches";

type PartOf = Pick<MadeRange, "from" | "facts" | "crc32">;

/** Where the sketch of a part is for a question. */
function sketchPath(folder: string, question: Question, part: PartOf): string {
  const name = `${partName(part.from)}-${part.crc32}.sketch`;
  return join(folder, FOLDER, questionName(question), name);
}

/** The sketch of a part, if there is a whole one of just that part. */
export function keptSketch(folder: string, question: Question, part: PartOf): Summary | undefined {
  try {
    const summary = Summary.fromBytes(readFileSync(sketchPath(folder, question, part)));
    const isOfPart = summary.question.text === question.text && summary.facts === part.facts;
    return isOfPart ? summary : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps the sketch of a part. Where that cannot be, it is made anew when it is needed: nothing is lost. */
export function keepSketch(folder: string, part: PartOf, summary: Summary): void {
  try {
    const path = sketchPath(folder, summary.question, part);
    makeFolder(dirname(path));
    writeWhole(path, summary.toBytes(), "none");
  } catch {
    // a folder that can only be read
  }
}
