import type { Command } from "commander";
import { InputError } from "../core/errors.js";
import { forTerminal, jsonText } from "../core/foreign-text.js";
import { runtimesTable } from "./text/runtimes-list.js";
import {
  cachedBytes,
  cachedRuntimes,
  cacheFolder,
  removeCached,
  type Cached,
} from "../runtimes/cache.js";
import { resolveRuntime } from "../runtimes/resolve.js";
import { satisfies, wantedRuntime } from "../runtimes/wanted.js";
import { addCommonOptions, examples, type CommonOptions } from "../terminal/options.js";
import { INTERRUPTED } from "../terminal/terminal.js";
import { say, sayPlainly } from "../terminal/say.js";
import { listenForInterruption } from "../terminal/interruption.js";

export function configure(command: Command): Command {
  addAction(command.command("add"), "<names...>", "install runtimes: node@24, bun, deno", add);
  addAction(command.command("list"), "[families...]", "what is in the cache", show);
  addAction(command.command("remove"), "<names...>", "take runtimes out of the cache", remove);
  return command.addHelpText(
    "after",
    examples("hellfact runtimes add node@24 bun", "hellfact runtimes list"),
  );
}

function addAction(
  command: Command,
  names: string,
  summary: string,
  run: (names: string[], options: CommonOptions) => Promise<void> | void,
): void {
  addCommonOptions(command.argument(names).description(summary))
    .addHelpText(
      "after",
      examples(
        `hellfact runtimes ${command.name()} node@24`,
        `hellfact runtimes ${command.name()} bun deno --out out`,
      ),
    )
    .action(run);
}

async function add(names: string[], options: CommonOptions): Promise<void> {
  for (const name of names) wantedRuntime(name); // before anything is installed
  const cache = cacheFolder(options.out);
  const interruption = listenForInterruption();
  for (const name of names) {
    try {
      const {
        name: found,
        engine,
        binary,
      } = await resolveRuntime(name, {
        cache,
        signal: interruption.signal,
        onInstall: () => options.quiet || sayPlainly(`installing ${name} into ${cache}`),
      });
      if (!options.json) process.stdout.write(`${forTerminal(`${found}  ${engine}  ${binary}`)}\n`);
    } catch (error) {
      if (!interruption.signal.aborted) throw error;
      say("interrupted; what was not whole is not there.");
      process.exitCode = INTERRUPTED;
      return;
    }
  }
  if (options.json) print(cachedRuntimes(cache), options);
}

function show(families: string[], options: CommonOptions): void {
  const cached = cachedRuntimes(cacheFolder(options.out));
  const wanted = families.map(releaseOf);
  print(
    cached.filter((entry) => wanted.length === 0 || wanted.some((one) => matches(entry, one))),
    options,
  );
}

function remove(names: string[], options: CommonOptions): void {
  const cached = cachedRuntimes(cacheFolder(options.out));
  const doomed = names.flatMap((name) => {
    const found = cached.filter((entry) => matches(entry, releaseOf(name)));
    if (found.length > 0) return found;
    const there = cached.map(({ family, version }) => `${family}@${version}`).join(", ");
    throw new InputError(
      `${name} is not in the cache; ${there === "" ? "nothing is" : `there is ${there}`}.`,
    );
  });
  for (const entry of doomed) removeCached(entry);
  print(cachedRuntimes(cacheFolder(options.out)), options);
}

type Release = Extract<ReturnType<typeof wantedRuntime>, { kind: "release" }>;

function releaseOf(text: string): Release {
  const wanted = wantedRuntime(text);
  if (wanted.kind === "release") return wanted;
  throw new InputError(`${text}: the cache knows runtimes by name, such as node@24, not by path.`);
}

function matches(entry: Cached, { family, version }: Release): boolean {
  return entry.family === family && satisfies(entry.version, version);
}

function print(cached: readonly Cached[], { json, out }: CommonOptions): void {
  const listed = cached.map((entry) => ({ ...entry, bytes: cachedBytes(entry) }));
  process.stdout.write(
    json ? `${jsonText({ runtimes: listed })}\n` : runtimesTable(listed, cacheFolder(out)),
  );
}
