/** `hellfact run --sink postgres://…`: facts straight into a store, each exactly once. */
import type { Command } from "commander";
import { checkedSink } from "../../contracts/sink/own-sink.js";
import { checkedStore } from "../../contracts/store/own-store.js";
import type { TableShape } from "../../core/store.js";
import { environmentFingerprint } from "../../machine/environment.js";
import { loadSource } from "../../pipeline/load-source.js";
import { isStoreUrl, loadStore } from "../../plugins/load-store.js";
import { begun } from "../../results/document-type.js";
import { makeRunFolder, saveDocument } from "../../results/save.js";
import { withoutSecrets } from "../../terminal/cluster-options.js";
import type { LoadDocument } from "../load/document.js";
import type { RunOptions } from "./asked.js";
import { rangeAsked, refuseWhatIsOfFiles, startPassing } from "./past-files.js";
import { listenForInterruption } from "../../terminal/interruption.js";

const REFUSALS = {
  /** What is said of bytes on their way to files, and means nothing to a store. */
  ofFiles: new Set([
    ...["codec", "compress", "gzipEngine", "jsonEngine", "unit", "roll", "sync", "workers", "rate"],
    ...["verdict", "inject", "onError", "resume", "check", "cluster", "schema"],
  ]),
  place: "a store",
  why: "a store keeps facts as documents. Leave it out, or run into a folder and load that.",
  fromStream: "a stream goes into a store by way of files: run it into a folder, and load that.",
};

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
  refuseWhatIsOfFiles(options, command, REFUSALS);
  const range = await rangeAsked(options);
  const createdAt = new Date();
  const choice = await checkedStore(options.sink?.place ?? "");
  const store = await loadStore(choice);
  const method = store.defaultMethod;
  const open = await store.open(choice.url);
  const interruption = listenForInterruption();
  const progress = startPassing("loading", "parts", range, options.quiet);
  try {
    const found = await loadSource({
      ...{ ...range, open, table: FACTS, method, signal: interruption.signal },
      onPart: progress.update,
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
        wallSeconds: progress.secondsPassed(),
      },
    };
    saveDocument(options.out, folder, document);
    return { document, folder };
  } finally {
    await open.close();
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
