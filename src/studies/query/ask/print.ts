/** Prints results, or puts them into a file that appears only whole. */
import { renameSync, rmSync } from "node:fs";
import type { QueryResult } from "../../../query/result.js";
import { fileSink } from "../../../sinks/file.js";
import { FORMS, type Format } from "../report/forms.js";
import type { Rows } from "../report/table.js";

export interface Printed {
  readonly rows: number;
  /** Whether there were more than the format shows. */
  readonly isCut: boolean;
}

/** @param write takes text; rejects, or ends the process, where nobody reads it any more */
export async function printResult(
  { columns, rows }: QueryResult,
  format: Exclude<Format, "parquet">,
  write: (text: string) => Promise<void> | void,
): Promise<Printed> {
  const form = FORMS[format];
  await write(form.head(columns));
  const isWhole = form.mostRows !== Infinity;
  const kept: Rows[number][] = [];
  let count = 0;
  let isCut = false;
  for await (const some of rows) {
    if (!isWhole) {
      count += some.length;
      await write(form.rows(columns, some));
      continue;
    }
    const left = form.mostRows - kept.length;
    kept.push(...some.slice(0, left));
    isCut = some.length > left;
    if (isCut) break;
  }
  if (isWhole) {
    count = kept.length;
    await write(form.rows(columns, kept));
  }
  return { rows: count, isCut };
}

/** Does something that writes text to a file; what is there before stays unless all of it was done. */
export async function intoFile<T>(
  path: string,
  work: (write: (text: string) => void) => Promise<T>,
): Promise<T> {
  const sink = fileSink(path, "close");
  try {
    const done = await work((text) => sink.write(Buffer.from(text)));
    sink.close();
    return done;
  } catch (error) {
    sink.discard();
    throw error;
  }
}

/** Lets another program write a file under a name for the time being. */
export async function intoPlace(
  path: string,
  work: (path: string) => Promise<void>,
): Promise<void> {
  const unfinished = `${path}.${process.pid}.tmp`;
  try {
    await work(unfinished);
    renameSync(unfinished, path);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw error;
  }
}
