import { Option, type Command } from "commander";
import { InputError } from "../core/errors.js";

/** What inference is told of objects whose keys it would otherwise judge. */
export interface KeyOptions {
  readonly map: readonly string[];
  readonly record: readonly string[];
}

/** What `--input`, or the words of a command, may be. */
export const INPUT_WORDS =
  "JSON, NDJSON or CSV, gzipped or not; Parquet; several files, patterns, or - for standard input";

/** No more than this is taken from standard input where all of it is looked at. */
export const STREAM_BYTES = 1_000_000_000;

/** `--map` and `--record`, each as often as there are paths. */
export function addKeyOptions(command: Command): Command {
  const paths = (path: string, before: readonly string[]) => [...before, path];
  const option = (name: string, text: string) =>
    new Option(`--${name} <path>`, text).argParser(paths).default([], "none");
  return command
    .addOption(
      option("map", "the keys of this object are data, such as experiments or players[].items"),
    )
    .addOption(option("record", "the keys of this object are fields, whatever they look like"));
}

/** The paths, for inference; throws an `InputError` where no schema would be inferred. */
export function keyDecisions(
  { map, record }: KeyOptions,
  { input, schema }: { readonly input?: unknown; readonly schema?: unknown },
): { readonly maps: readonly string[]; readonly records: readonly string[] } | undefined {
  if (map.length + record.length === 0) return undefined;
  const name = map.length > 0 ? "--map" : "--record";
  if (input === undefined) {
    throw new InputError(`${name} is for facts of your own: give them with --input FILE.`);
  }
  if (schema !== undefined) {
    throw new InputError(
      `${name} is for a schema that is inferred: leave out --schema, or make that anew with hellfact infer ${name}.`,
    );
  }
  return { maps: map, records: record };
}
