import type { OwnSink } from "../../plugins/load-sink.js";
import { ownFile } from "../../plugins/own-file.js";
import { tryOwn } from "../try-own.js";

/** What the file is that `--sink` names. */
export type PlaceKind = "sink" | "store";

/**
 * The sink of a user's own that a text names; `undefined` where it names none, but one of this tool's, or a store.
 * A sink must keep the contract, which is tried in a process of its own.
 *
 * Rejects with an `InputError` that says in one line what is wrong.
 */
export async function checkedSink(text: string): Promise<OwnSink | undefined> {
  const own = ownFile(text);
  if (own === undefined) return undefined;
  const script = new URL("./contract-process.js", import.meta.url);
  const { file, described } = await tryOwn<PlaceKind>(script, own.file, own.rest);
  if (described === "store") return undefined;
  return { name: own.name, sinkFile: file, place: own.rest ?? "" };
}
