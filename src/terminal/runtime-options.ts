import { InvalidArgumentError, Option, type Command } from "commander";
import { firstLine } from "../core/errors.js";
import {
  withConfigurations,
  parseConfiguration,
  type RuntimeConfiguration,
} from "../runtimes/configurations.js";
import { cacheFolder } from "../runtimes/cache.js";
import { identify } from "../runtimes/identify.js";
import { resolveRuntimes } from "../runtimes/resolve.js";
import type { Runtime } from "../runtimes/runtime.js";
import { list } from "./options.js";
import { INTERRUPTED } from "./terminal.js";
import { say, sayPlainly } from "./say.js";
import { listenForInterruption } from "./interruption.js";

export interface RuntimeOptions {
  readonly runtime?: string[];
  readonly configuration?: RuntimeConfiguration[];
}

/** What both `bench` and `warmup` can run under. */
export function addRuntimeOptions(command: Command): Command {
  return command
    .option(
      "--runtime <names>",
      "node@24, bun, deno, the path of a binary; installed on demand into the cache under --out",
      list,
    )
    .addOption(
      new Option(
        "--configuration <names>",
        "how each runtime runs: default, jitless, no-opt, compile-cache, semi-space=64, shared call sites",
      ).argParser((text) => {
        try {
          return list(text).map(parseConfiguration);
        } catch (error) {
          throw new InvalidArgumentError(firstLine(error));
        }
      }),
    );
}

/**
 * The runtimes, each with each configuration, that a command line asks for; none where it asks for nothing.
 * What is not to be had is said on standard error, and the others go on.
 */
export async function chosenRuntimes(
  { runtime, configuration }: RuntimeOptions,
  { out }: { readonly out: string },
  codecs: readonly string[],
): Promise<{ runtimes: readonly Runtime[]; problems: readonly string[] }> {
  if (runtime === undefined && configuration === undefined) return { runtimes: [], problems: [] };
  const cache = cacheFolder(out);
  const interruption = listenForInterruption();
  const found =
    runtime === undefined
      ? { runtimes: [await identify(process.execPath)], problems: [] }
      : await resolveRuntimes(runtime, {
          cache,
          signal: interruption.signal,
          onInstall: (name) => sayPlainly(`installing ${name} into ${cache}`),
        }).catch((error: unknown) => {
          if (!interruption.signal.aborted) throw error;
          say("interrupted; a runtime that was not whole is not there.");
          return process.exit(INTERRUPTED);
        });
  interruption.stop();
  const crossed = withConfigurations(
    found.runtimes,
    configuration ?? [{ name: "default", value: 0 }],
    {
      cacheFolder: `${cache}/compile-cache`,
      codecs,
    },
  );
  const problems = [...found.problems, ...crossed.problems];
  for (const problem of problems) say(`${problem} The others go on.`);
  return { runtimes: crossed.runtimes, problems };
}
