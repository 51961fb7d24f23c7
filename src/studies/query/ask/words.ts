/** Which word of the command line is SQL, and which are places. */
import { existsSync, readFileSync } from "node:fs";
import { InputError } from "../../../core/errors.js";
import { statsAt } from "../../../sources/file-bytes.js";
import { isStoreUrl } from "../../../query/stores.js";

export interface Understood {
  /** `undefined` where it is to be asked for. */
  readonly sql: string | undefined;
  readonly places: readonly string[];
}

const RIGHT = `give SQL and where the facts are: hellfact query "SELECT count(*) FROM facts" events`;

/** Throws an `InputError` where there is nothing to ask, or nobody to type it. */
export async function understood(
  first: string | undefined,
  rest: readonly string[],
): Promise<Understood> {
  if (first === undefined) throw new InputError(RIGHT);
  if (isPlace(first)) {
    const places = [first, ...rest];
    if (process.stdin.isTTY && process.stdout.isTTY) return { sql: undefined, places };
    return { sql: await standardInput(), places };
  }
  if (rest.length === 0) {
    const looksLikeSql = /\s/.test(first);
    throw new InputError(
      looksLikeSql
        ? `where are the facts? ${RIGHT}`
        : `${first}: there is no such file or folder; ${RIGHT}`,
    );
  }
  return { sql: first.endsWith(".sql") ? sqlIn(first) : first, places: rest };
}

function isPlace(word: string): boolean {
  if (word.endsWith(".sql")) return false;
  return isStoreUrl(word) || (existsSync(word) && !/^\s*(?:select|with|from)\s/i.test(word));
}

function sqlIn(path: string): string {
  const stats = statsAt(path);
  if (stats?.isFile() !== true) throw new InputError(`${path}: there is no such file.`);
  return readFileSync(path, "utf8");
}

async function standardInput(): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of process.stdin) pieces.push(piece as Buffer);
  const text = Buffer.concat(pieces).toString();
  if (text.trim() === "") throw new InputError(RIGHT);
  return text;
}
