/** Other permits in a file of jobs, which a queue that works on it takes up. */
import { isScalar, parseDocument } from "yaml";
import { usableCores } from "../../machine/environment.js";
import { jobsText } from "./source.js";
import { writeWhole } from "../../sinks/file.js";
import { readJobsFile } from "./model/jobs-file.js";
import { withPermits, type Permits } from "./model/lines.js";

/** Changes the numbers and nothing else. Throws an `InputError` for a file or a stage that is wrong. */
export function setPermits(file: string, permits: Permits): void {
  let text = jobsText(file);
  withPermits(readJobsFile(file, text, usableCores()), permits);
  for (const [stage, count] of permits) {
    const document = parseDocument(text);
    const way = ["stages", stage, "permits"];
    const node = document.getIn(way, true);
    if (isScalar(node) && node.range !== undefined && node.range !== null) {
      const [from, to] = node.range;
      text = `${text.slice(0, from)}${count}${text.slice(to)}`;
    } else {
      document.setIn(way, count);
      text = String(document);
    }
  }
  writeWhole(file, Buffer.from(text), "close");
}
