/** What DuckDB counts exactly: files of JSON lines where they lie, and everything else as a copy of what is asked. */
import { join } from "node:path";
import { InputError } from "../../../core/errors.js";
import type { Fact } from "../../../core/fact.js";
import { literal } from "../../../core/sql.js";
import type { OwnPlugins } from "../../../pipeline/run/own-plugins.js";
import { openPartFacts } from "../../../pipeline/run/part-facts.js";
import { codecOf } from "../../../pipeline/run/places/plan-parts.js";
import { loadCodec } from "../../../plugins/load-codec.js";
import { transcode } from "../../../query/transcode.js";
import { inputSource, openInput } from "../../../sources/input.js";
import type { Question } from "../../../summarise/index.js";
import type { Inputs } from "../inputs.js";

type Lines = {
  readonly files: readonly string[];
  readonly compression: "none" | "gzip" | "zstd";
};

export type ExactSource =
  | Lines
  /** What only this tool reads. */
  | { readonly read: () => AsyncIterable<Fact> | Iterable<Fact> };

/** A fact that is longer is refused by DuckDB. */
const MOST_FACT_BYTES = 64 << 20;

/** Where the facts are. Rejects with an `InputError` where an input cannot be read a second time. */
export async function exactSources(
  { runs, files, sketches }: Inputs,
  { own, allowBombs }: { own: OwnPlugins; allowBombs: boolean },
): Promise<readonly ExactSource[]> {
  const [sketch] = sketches;
  if (sketch !== undefined) {
    throw new InputError(
      `--exact counts facts, and ${sketch.path} is a sketch, which has none: leave one of them out.`,
    );
  }
  if (files.some(({ form }) => form === "stream")) {
    throw new InputError(
      "--exact reads facts a second time, and standard input is there once: leave out --exact.",
    );
  }
  const ofRuns = await Promise.all(runs.map((run) => runSource(run, own)));
  return [...ofRuns, ...files.map((file) => fileSource(file, allowBombs))];
}

async function runSource(
  { folder, plan, parts }: Inputs["runs"][number],
  own: OwnPlugins,
): Promise<ExactSource> {
  const { format } = await loadCodec(codecOf(plan, own));
  const compression = plan.compressor.split(":", 1)[0] ?? "none";
  const isKnown = compression === "none" || compression === "gzip" || compression === "zstd";
  const isText = format === "json" && (plan.unit !== "fact" || compression === "none");
  if (isText && isKnown) {
    return { files: parts.map(({ file }) => join(folder, file)), compression };
  }
  return {
    read: async function* () {
      const facts = await openPartFacts(folder, plan, own);
      for (const part of parts) yield* facts.read(part);
    },
  };
}

function fileSource({ path, form }: Inputs["files"][number], allowBombs: boolean): ExactSource {
  if (form === "lines" || form === "gzip-lines") {
    return { files: [path], compression: form === "lines" ? "none" : "gzip" };
  }
  return {
    read: async function* () {
      const input = await openInput([path], { bytes: 0 });
      yield* inputSource(input, undefined, { allowBombs }).facts();
    },
  };
}

/** A query that gives each fact as JSON. @param folder where copies are made */
export async function sourcesSql(
  sources: readonly ExactSource[],
  question: Question,
  folder: string,
): Promise<string> {
  const queries: string[] = [];
  for (const [number, source] of sources.entries()) {
    queries.push(linesSql("files" in source ? source : await copied(source.read(), number)));
  }
  return queries.join(" UNION ALL ");

  async function copied(facts: AsyncIterable<Fact> | Iterable<Fact>, number: number) {
    const name = `exact-${number}.ndjson`;
    const path = await transcode(facts, { folder, name, keys: keysOf(question) });
    return { files: [path], compression: "none" } as const;
  }
}

function linesSql({ files, compression }: Lines): string {
  const list = `[${files.map(literal).join(", ")}]`;
  const packed = compression === "none" ? "uncompressed" : compression;
  return `SELECT json FROM read_ndjson_objects(${list}, compression = '${packed}', maximum_object_size = ${MOST_FACT_BYTES})`;
}

/** The top-level keys that a question is about; `undefined` where it is about all. */
function keysOf({ by, aggregates }: Question): readonly string[] | undefined {
  const keys = new Set<string>();
  for (const [first] of [
    ...aggregates.map(({ path }) => path),
    ...(by === undefined ? [] : [by]),
  ]) {
    if (first?.kind !== "key") return undefined;
    keys.add(first.key);
  }
  return [...keys];
}
