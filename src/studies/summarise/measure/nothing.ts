import { InputError } from "../../../core/errors.js";
import { checkPath } from "../../../summarise/schema-paths.js";
import { formatSummaryPath, type Summary } from "../../../summarise/index.js";
import type { Inputs } from "../inputs.js";

/** What paths there are is told by so many facts. */
const SAMPLE_FACTS = 300;

/**
 * Throws an `InputError` for a path where no fact had anything, with the nearest paths that there are, and for
 * quantiles of what is never a number. Where a schema is known it has said so before.
 */
export async function refuseNothing(summary: Summary, inputs: Inputs): Promise<void> {
  const groups = summary.all();
  const { aggregates, by } = summary.question;
  const lacking = aggregates.filter((_, at) =>
    groups.every(({ aggregates: found }) => {
      const { values = 0, nulls = 0, others = 0 } = found[at] ?? {};
      return values + nulls + others === 0;
    }),
  );
  const isUngrouped = by !== undefined && groups.every(({ key }) => key === null);
  const missing = [...lacking.map(({ path }) => path), ...(isUngrouped ? [by] : [])];
  if (missing.length > 0) {
    const schema = await sampledSchema(inputs);
    if (schema !== undefined) for (const path of missing) checkPath(path, schema, false);
  }
  for (const [at, { kind, path }] of aggregates.entries()) {
    const found = groups.map((group) => group.aggregates[at]);
    const values = found.reduce((sum, one) => sum + (one?.values ?? 0), 0);
    const others = found.reduce((sum, one) => sum + (one?.others ?? 0), 0);
    if (values > 0 || others === 0 || kind === "count") continue;
    const name = formatSummaryPath(path);
    throw new InputError(
      kind === "quantile"
        ? `--quantile ${name}: none of its ${others} values is a number. Ask for --unique ${name} or --top ${name}.`
        : `--${kind} ${name}: all of its ${others} values are objects or lists. Ask for --count ${name}, or for what is in them.`,
    );
  }
}

/** The schema of some of the facts; `undefined` where they cannot be read again. */
async function sampledSchema({ runs, files }: Inputs) {
  const [run] = runs;
  const [file] = files;
  const { SchemaInference } = await import("../../../schema/infer.js");
  const inference = new SchemaInference();
  let left = SAMPLE_FACTS;
  if (run?.parts[0] !== undefined) {
    const { codecSha256, compressorSha256 } = run.plan;
    if (codecSha256 !== undefined || compressorSha256 !== undefined) return undefined;
    const { openPartFacts } = await import("../../../pipeline/run/part-facts.js");
    const facts = await openPartFacts(run.folder, run.plan);
    for (const fact of facts.read(run.parts[0])) {
      inference.observe(fact);
      if (--left === 0) break;
    }
  } else if (file !== undefined && file.path !== "-") {
    const { inputSource, openInput } = await import("../../../sources/input.js");
    const input = await openInput([file.path], { bytes: 0 });
    for await (const fact of inputSource(input).facts()) {
      inference.observe(fact);
      if (--left === 0) break;
    }
  }
  return left === SAMPLE_FACTS ? undefined : inference.result().schema;
}
