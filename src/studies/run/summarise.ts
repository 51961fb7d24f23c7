/** What `run --summarise` asks of the facts that it writes. */
import { InputError } from "../../core/errors.js";
import type { RunPlan, SourcePlan } from "../../pipeline/run/plan.js";
import { openSource } from "../../pipeline/run/worker/open-source.js";
import { AGGREGATES, questionOf, type Asked, type AggregateKind } from "../../summarise/index.js";
import type { SinkChoice } from "../../terminal/conditions.js";

/**
 * The text of the question, or nothing where nothing is asked. Rejects with an `InputError` for what is no
 * question, and for a path that the facts do not have, where their schema is known.
 */
export async function summariseQuestion(
  { summarise, sink }: { readonly summarise: readonly string[]; readonly sink?: SinkChoice },
  source: SourcePlan,
): Promise<{ readonly summarise?: string }> {
  if (summarise.length === 0) return {};
  if (sink !== undefined && !/^(file(:.*)?)?$/.test(sink.place)) {
    throw new InputError(
      `--summarise keeps a sketch beside each part, and --sink ${sink.place} keeps no parts in files: leave one of them out.`,
    );
  }
  const aggregates: Asked["aggregates"][number][] = [];
  let by: string | undefined;
  for (const what of summarise) {
    const colon = what.indexOf(":");
    const [kind, path] = [what.slice(0, Math.max(0, colon)), what.slice(colon + 1)];
    if (kind === "by") by = path;
    else if (isAggregate(kind)) aggregates.push({ kind, path });
    else {
      throw new InputError(
        `--summarise ${what}: it takes ${[...AGGREGATES, "by"].join(":, ")}: and a path, such as unique:player.id.`,
      );
    }
  }
  const schema = source.kind === "generator" ? (await openSource(source)).schema : undefined;
  const question = questionOf({ aggregates, ...(by !== undefined && { by }) }, schema);
  return { summarise: question.text };
}

function isAggregate(kind: string): kind is AggregateKind {
  return AGGREGATES.includes(kind as AggregateKind);
}

/** The options of `hellfact summarise` that ask the same. */
export function summariseWords({ summarise }: RunPlan): string | undefined {
  if (summarise === undefined) return undefined;
  const { by, aggregates } = JSON.parse(summarise) as {
    readonly by: string | null;
    readonly aggregates: readonly (readonly [string, string])[];
  };
  const all = [...aggregates, ...(by === null ? [] : [["by", by] as const])];
  return all
    .map(([kind, path]) => `--${kind} ${/^[\w.]+$/.test(path) ? path : `'${path}'`}`)
    .join(" ");
}
