import { basename } from "node:path";

/** A plugin of a user's own as the command line names it: `./mine.ts`, or `./mine.ts:REST`. */
export interface OwnFile {
  /** As it was typed. */
  readonly file: string;
  /** What it is called, by its file. */
  readonly name: string;
  /** What stands behind the file's name, for a plugin that takes it; `undefined` for nothing. */
  readonly rest: string | undefined;
}

/** What a text names, where that is a file. */
export function ownFile(text: string): OwnFile | undefined {
  const [, file, rest] = /^(.+?\.[cm]?[jt]s)(?::(.*))?$/.exec(text) ?? [];
  // `sqlite:my.js` names a store, and a file in it.
  if (file === undefined || /^[a-z]{2,}:/.test(text)) return undefined;
  return { file, name: nameOfFile(file), rest };
}

/** What a plugin is called, by its file. */
export function nameOfFile(file: string): string {
  return basename(file).replace(/\.[cm]?[jt]s$/, "");
}
