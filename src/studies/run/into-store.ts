/** `hellfact run --sink postgres://…`: facts straight into a store, each exactly once. */
import type { Command } from "commander";
import { checkedSink } from "../../contracts/sink/own-sink.js";
import { InputError } from "../../core/errors.js";
import { checkedStore } from "../../contracts/store/own-store.js";
import { environmentFingerprint } from "../../machine/environment.js";
import { loadSource } from "../../pipeline/load-source.js";
import { FACTS, isSharedStoreUrl } from "../../pipeline/run/places/store.js";
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
    ...["verdict", "inject", "onError", "resume", "check", "schema"],
  ]),
  place: "a store",
  why: "a store keeps facts as documents. Leave it out, or run into a folder and load that.",
  fromStream: "a stream goes into a store by way of files: run it into a folder, and load that.",
};

/** Whether `--sink` names a store. Rejects where it names a file that is neither a store nor a sink. */
export async function goesIntoStore({ sink, resume, cluster }: RunOptions): Promise<boolean> {
  if (sink === undefined || resume !== undefined || !isStoreUrl(sink.place)) return false;
  // Workers of a cluster make parts, and load those.
  if (cluster !== undefined && isSharedStoreUrl(sink.place)) return false;
  return (await checkedSink(sink.place)) === undefined;
}

/** Loads; returns what became of it, and the folder in which it is saved. */
export async function runIntoStore(
  options: RunOptions,
  command: Command,
): Promise<{ readonly document: LoadDocument; readonly folder: string }> {
  if (options.cluster !== undefined) {
    throw new InputError(
      "--cluster needs a database that all machines reach: postgres://USER@HOST/DATABASE. Leave it out, or give --sink file:FOLDER.",
    );
  }
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
