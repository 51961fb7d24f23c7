/** Facts in formats that DuckDB does not read become a file that it does. */
import { join } from "node:path";
import type { Fact } from "../core/fact.js";
import { fileSink } from "../sinks/file.js";

/** Text is handed on in pieces of about so many characters. */
const PIECE_CHARACTERS = 1 << 20;

export interface Transcoding {
  readonly folder: string;
  readonly name: string;
  /** Top-level keys that the query needs; all of them where nobody knows. */
  readonly keys: readonly string[] | undefined;
  readonly onFact?: (facts: number) => void;
}

/**
 * Writes facts as newline-delimited JSON, no more than a piece of it in memory. What is no text in
 * UTF-8, half of a surrogate pair, becomes U+FFFD, for DuckDB takes no other. Returns the file's path.
 */
export async function transcode(
  facts: Iterable<Fact> | AsyncIterable<Fact>,
  { folder, name, keys, onFact = () => undefined }: Transcoding,
): Promise<string> {
  const path = join(folder, name);
  const sink = fileSink(path, "none");
  try {
    let text = "";
    let count = 0;
    for await (const fact of facts) {
      text += `${JSON.stringify(keys === undefined ? fact : picked(fact, keys))}\n`;
      if (text.length >= PIECE_CHARACTERS) {
        sink.write(utf8(text));
        text = "";
      }
      onFact(++count);
    }
    sink.write(utf8(text));
    sink.close();
    return path;
  } catch (error) {
    sink.discard();
    throw error;
  }
}

function picked(fact: Fact, keys: readonly string[]): Fact {
  const some: Record<string, unknown> = {};
  for (const key of keys) if (Object.hasOwn(fact, key)) some[key] = fact[key];
  return some;
}

/** JSON writes half of a pair as an escape: `\ud800`, behind an even number of backslashes. */
const SURROGATE = /(?<!\\)((?:\\\\)*)\\ud[89a-f][0-9a-f]{2}/;
const SURROGATES = new RegExp(SURROGATE, "g");

function utf8(text: string): Buffer {
  return Buffer.from(SURROGATE.test(text) ? text.replaceAll(SURROGATES, "$1\ufffd") : text);
}
