/** Facts one after the other, with their numbers, wherever they are. */
import { basename, dirname, resolve } from "node:path";
import type { Fact } from "../core/fact.js";
import type { JsonSchema } from "../core/json-schema.js";
import { hasManifest, readLocalManifest } from "../pipeline/run/manifest.js";
import type { OwnPlugins } from "../pipeline/run/own-plugins.js";
import { openPartFacts, schemaOfRun } from "../pipeline/run/part-facts.js";
import { statsAt } from "../sources/file-bytes.js";
import { inputSource, openInput } from "../sources/input.js";
import { firstNumberOf } from "./numbering.js";
import { isPartName, notesOf, wholeParts } from "./runs.js";
import { isStoreUrl, storeDocuments } from "./stores.js";

interface NumberedFact {
  readonly fact: Fact;
  /** What `get` finds it by; `null` where it has none: parts before it are missing. */
  readonly number: number | null;
}

export interface FactStream {
  readonly schema: JsonSchema | undefined;
  readonly notes: readonly string[];
  readonly facts: () => AsyncIterable<NumberedFact>;
}

const STDIN_BYTES = 64e9;

/** The facts of a run, of files, or of a store. Rejects with an `InputError` where there are none. */
export async function openFacts(word: string, own: OwnPlugins = {}): Promise<FactStream> {
  if (isStoreUrl(word)) return plain(() => storeDocuments(word));
  const isFolder = statsAt(word)?.isDirectory() === true;
  const only = !isFolder && isPartName(basename(word)) ? basename(word) : undefined;
  const folder = isFolder ? word : dirname(resolve(word));
  if (isFolder || (only !== undefined && hasManifest(folder))) {
    return runFacts(folder, own, only);
  }
  const source = inputSource(await openInput([word], { bytes: STDIN_BYTES }));
  return plain(() => source.facts());
}

async function runFacts(
  folder: string,
  own: OwnPlugins,
  only: string | undefined,
): Promise<FactStream> {
  const manifest = readLocalManifest(folder);
  const parts = wholeParts(folder, manifest, only);
  const reader = await openPartFacts(folder, manifest.plan, own);
  return {
    schema: await schemaOfRun(manifest.plan),
    notes: notesOf(folder, manifest),
    async *facts() {
      for (const part of parts) {
        let number = firstNumberOf(part, manifest);
        for (const fact of reader.read(part)) {
          yield { fact, number };
          if (number !== null) number += 1;
        }
      }
    },
  };
}

function plain(facts: () => Iterable<Fact> | AsyncIterable<Fact>): FactStream {
  return {
    schema: undefined,
    notes: [],
    async *facts() {
      let number = 0;
      for await (const fact of facts()) yield { fact, number: number++ };
    },
  };
}
