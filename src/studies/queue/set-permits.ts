/** Other permits in a file of jobs, which a queue that works on it takes up. */
import { isMap, isScalar, parseDocument } from "yaml";
import { InputError } from "../../core/errors.js";
import { usableCores } from "../../machine/environment.js";
import { jobsText } from "./source.js";
import { writeWhole } from "../../sinks/file.js";
import { readJobsFile } from "./model/jobs-file.js";
import { withPermits, type Permits } from "./model/lines.js";

/** Changes the numbers and nothing else. Throws an `InputError` for a file or a stage that is wrong. */
export function setPermits(file: string, permits: Permits): void {
  let text = jobsText(file);
  withPermits(readJobsFile(file, text, usableCores()), permits, "--set");
  for (const [stage, count] of permits) {
    const changed = withNumber(text, stage, count);
    const found =
      changed === undefined
        ? undefined
        : readJobsFile(file, changed, usableCores()).stages.find(({ name }) => name === stage);
    if (changed === undefined || found?.permits !== count) {
      throw new InputError(
        `${file}: the permits of ${stage} are not written where they could be changed alone. Give it permits: ${count} there.`,
      );
    }
    text = changed;
  }
  writeWhole(file, Buffer.from(text), "close");
}

/** A text of YAML in which a stage has so many permits; `undefined` where its fields are not written there. */
function withNumber(text: string, stage: string, count: number): string | undefined {
  const document = parseDocument(text);
  const node = document.getIn(["stages", stage, "permits"], true);
  if (isScalar(node)) {
    const [from, to] = node.range ?? [0, 0];
    return `${text.slice(0, from)}${count}${text.slice(to)}`;
  }
  const fields = document.getIn(["stages", stage], true);
  if (node !== undefined || !isMap(fields)) return undefined;
  const insert = (at: number, what: string) => `${text.slice(0, at)}${what}${text.slice(at)}`;
  const [first] = fields.items;
  if (fields.flow === true) {
    return insert(
      (fields.range?.[0] ?? 0) + 1,
      `permits: ${count}${first === undefined ? "" : ", "}`,
    );
  }
  const at = isScalar(first?.key) ? first.key.range?.[0] : undefined;
  if (at === undefined) return undefined;
  const indent = text.slice(text.lastIndexOf("\n", at - 1) + 1, at);
  return /^ *$/.test(indent) ? insert(at, `permits: ${count}\n${indent}`) : undefined;
}
