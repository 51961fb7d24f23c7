/** Where the parts of a run go that are not kept in its folder: what workers, and whoever counts, do with it. */
import type { MadeRange, PartEntry } from "../plan.js";

export interface RunPlace {
  /** Its URL, without anything secret. */
  readonly address: string;
  /**
   * Takes it for a run, whose folder has its manifest. Throws an `InputError` where there is one already.
   * @param goesOn whether it may have been taken for this run before
   */
  begin(folder: string, goesOn: boolean): Promise<void>;
  /** Brings what workers need besides the plan into a folder of theirs. */
  prepare(folder: string): Promise<void>;
  /**
   * Puts a part whose files are in a folder in place, once, whoever else does so. Resolves to the part that is there:
   * that of somebody who was faster, perhaps.
   */
  deliver(folder: string, part: MadeRange): Promise<MadeRange>;
  /** What is wrong with a part, as far as a look tells; `undefined` if nothing is. */
  problemOf(part: PartEntry): Promise<string | undefined>;
  /** Takes away what is there of a part that does not count any more. */
  remove(part: PartEntry): Promise<void>;
  /**
   * Keeps the manifest there, too.
   * @param parts those that count, where the run is over: what is there of others is taken away
   */
  keep(folder: string, parts: readonly PartEntry[] | undefined): Promise<void>;
  /** Brings the files of a part into a folder; `undefined` for a place that keeps no files. */
  readonly fetch: ((part: PartEntry, folder: string) => Promise<void>) | undefined;
  close(): Promise<void>;
}
