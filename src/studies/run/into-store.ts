/** `hellfact run --sink postgres://…`: facts straight into a store, each exactly once. */
import type { Command } from "commander";
import { checkedSink } from "../../contracts/sink/own-sink.js";
import { checkedStore } from "../../contracts/store/own-store.js";
import { InputError } from "../../core/errors.js";
import type { TableShape } from "../../core/store.js";
import { environmentFingerprint } from "../../machine/environment.js";
import { loadSource } from "../../pipeline/load-source.js";
import { isStoreUrl, loadStore } from "../../plugins/load-store.js";
import { begun } from "../../results/document-type.js";
import { makeRunFolder, saveDocument } from "../../results/save.js";
import { NOT_SLOWED } from "../../sinks/slowed.js";
import { withoutSecrets } from "../../terminal/cluster-options.js";
import { startProgress } from "../../terminal/progress.js";
import type { LoadDocument } from "../load/document.js";
import { factsAsked, STDIN, type RunOptions } from "./asked.js";
import { isStreamUrl } from "./from-stream.js";
import { FAR_AWAY, farAlong, readOnce } from "./past-files.js";
import { listenForInterruption } from "../../terminal/interruption.js";

/** What is said of bytes on their way to files, and means nothing to a store. */
const OF_FILES = new Set([
  ...["codec", "compress", "gzipEngine", "jsonEngine", "unit", "roll", "sync", "workers", "rate"],
  ...["verdict", "inject", "onError", "resume", "check", "cluster", "schema"],
]);

/** Whether `--sink` names a store. Rejects where it names a file that is neither a store nor a sink. */
export async function goesIntoStore({ sink, resume }: RunOptions): Promise<boolean> {
  if (sink === undefined || resume !== undefined || !isStoreUrl(sink.place)) return false;
  return (await checkedSink(sink.place)) === undefined;
}

/** Loads; returns what became of it, and the folder in which it is saved. */
export async function runIntoStore(
  options: RunOptions,
  command: Command,
): Promise<{ readonly document: LoadDocument; readonly folder: string }> {
  refuseWhatIsOfFiles(options, command);
  const { durationSeconds: seconds, ...asked } = await factsAsked(options);
  const range = { ...asked, source: readOnce(asked.source), end: asked.end ?? FAR_AWAY };
  const createdAt = new Date();
  const choice = await checkedStore(options.sink?.place ?? "");
  const store = await loadStore(choice);
  const method = store.defaultMethod;
  const open = await store.open(choice.url);
  const interruption = listenForInterruption();
  const progress = startProgress("loading", options.quiet);
  const startedAt = performance.now();
  const secondsPassed = () => (performance.now() - startedAt) / 1000;
  try {
    const found = await loadSource({
      ...{ ...range, seconds, open, table: FACTS, method, signal: interruption.signal },
      onPart: (facts, position) => {
        const goal = { ...range, seconds };
        const activity = `${facts} facts`;
        progress.update({ ...farAlong(goal, position, secondsPassed()), stage: "parts", activity });
      },
    }).finally(() => progress.stop());
    const { driver, server, address } = open;
    const folder = makeRunFolder(options.out, createdAt);
    const document: LoadDocument = {
      ...begun("load", 1, createdAt.toISOString()),
      complete: found.ended !== null,
      command: process.argv.slice(2).map(withoutSecrets),
      warnings: [],
      environment: environmentFingerprint([]),
      store: { name: store.name, driver, server, address },
      ...{ payload: null, comparisons: [], connections: null, values: null },
      parts: {
        ...{ ...found, folder: "", rows: found.facts, method, table: FACTS.name },
        parts: found.loaded + found.present,
        durability: await open.durability(),
        wallSeconds: secondsPassed(),
      },
    };
    saveDocument(options.out, folder, document);
    return { document, folder };
  } finally {
    await open.close();
  }
}

function refuseWhatIsOfFiles({ sink, input }: RunOptions, command: Command): void {
  const foreign = command.options.find((option) => {
    const name = option.attributeName();
    return OF_FILES.has(name) && command.getOptionValueSource(name) === "cli";
  });
  if (foreign !== undefined) {
    throw new InputError(
      `${foreign.long ?? ""} is for files, and a store keeps facts as documents. Leave it out, or run into a folder and load that.`,
    );
  }
  if (sink?.slowing !== NOT_SLOWED) {
    throw new InputError("a store is not held back: leave throttle and latency out.");
  }
  if (input !== undefined && isStreamUrl(input)) {
    throw new InputError(
      "a stream goes into a store by way of files: run it into a folder, and load that.",
    );
  }
  if (input === STDIN) {
    throw new InputError(
      "standard input cannot be read again, so nobody could tell what of it a store has: put it into a file.",
    );
  }
}

/** As `hellfact load` has them. */
const FACTS: TableShape = {
  name: "facts",
  columns: [
    { name: "fact", type: "bigint" },
    { name: "document", type: "json" },
  ],
};
