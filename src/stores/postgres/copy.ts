/**
 * COPY FROM STDIN over a connection of `pg`. A library for it exists, but one of its copies whose rows
 * fail never tells the server (no CopyFail), and it puts each message together by copying it.
 */
import type { Client, Connection, Submittable } from "pg";
import { quoted } from "../../core/sql.js";
import type { Row, TableShape } from "../../core/store.js";
import { beginBinary, binaryRows, endBinary } from "./copy-binary.js";
import { CopyBytes } from "./copy-bytes.js";
import { textRows } from "./copy-text.js";

const COPY_DONE = Buffer.from([0x63, 0, 0, 0, 4]);
/** How many rows are written before it is looked whether to wait. */
const ROWS_A_LOOK = 64;

/** Copies rows into a table. Rejects with the server's error, or that of the rows. */
export async function copyRows(
  client: Client,
  table: TableShape,
  rows: Iterable<Row>,
  format: "text" | "binary",
): Promise<void> {
  const columns = table.columns.map(({ name }) => quoted(name)).join(", ");
  const copy = new CopyIn(`COPY ${quoted(table.name)} (${columns}) FROM STDIN (FORMAT ${format})`);
  client.query(copy);
  await copy.begun;
  const out = new CopyBytes((bytes, whenGone) => copy.send(bytes, whenGone));
  try {
    if (format === "binary") beginBinary(out);
    const write = format === "binary" ? binaryRows(table) : textRows(table);
    let untilLook = ROWS_A_LOOK;
    for (const row of rows) {
      write(out, row);
      if (--untilLook > 0 && !out.isFull) continue;
      untilLook = ROWS_A_LOOK;
      if (out.isFull) await Promise.race([out.drained(), copy.ended]);
      if (copy.hasEnded) break;
    }
    if (format === "binary") endBinary(out);
    out.flush();
  } catch (error) {
    copy.fail("the rows could not be made");
    await copy.ended.catch(() => undefined);
    throw error;
  }
  copy.finish();
  await copy.ended;
}

/** One COPY as the client's queue sees it. */
class CopyIn implements Submittable {
  /** When the server takes rows, and when it has said how it ended. */
  readonly begun: Promise<void>;
  readonly ended: Promise<void>;
  hasEnded = false;
  private connection: Connection | undefined;
  private begin: () => void = () => undefined;
  private end: (error?: Error) => void = () => undefined;
  private problem: Error | undefined;

  constructor(private readonly sql: string) {
    this.ended = new Promise((resolve, reject) => {
      this.end = (error) => {
        this.hasEnded = true;
        if (error === undefined) resolve();
        else reject(error);
      };
    });
    this.begun = Promise.race([new Promise<void>((resolve) => (this.begin = resolve)), this.ended]);
    this.begun.catch(() => undefined); // whoever waits hears it
    this.ended.catch(() => undefined);
  }

  submit(connection: Connection): void {
    this.connection = connection;
    connection.query(this.sql);
  }

  send(bytes: Uint8Array, whenGone: () => void): void {
    this.connection?.stream.write(bytes, whenGone);
  }

  finish(): void {
    if (!this.hasEnded) this.connection?.stream.write(COPY_DONE);
  }

  fail(reason: string): void {
    const text = Buffer.from(`${reason}\0`);
    const message = Buffer.alloc(5 + text.length);
    message[0] = 0x66;
    message.writeUInt32BE(4 + text.length, 1);
    text.copy(message, 5);
    if (!this.hasEnded) this.connection?.stream.write(message);
  }

  // What the client calls as the server answers.
  handleCopyInResponse(): void {
    this.begin();
  }
  handleCommandComplete(): void {
    // the server has it; it is ready in a moment
  }
  handleError(error: Error): void {
    this.problem = error;
    this.end(error);
  }
  handleReadyForQuery(): void {
    if (this.problem === undefined) this.end();
  }
}
