import { isUtf8 } from "node:buffer";
import { basename } from "node:path";
import type { OnReject, Reject } from "../../../core/ranged-source.js";
import type { Sync } from "../../../core/sink.js";
import { writeWhole } from "../../../sinks/file.js";
import type { MadeRange } from "../plan.js";

/** The broken lines of one part, kept aside until the part is full. */
export class Rejects {
  bytes = 0;
  private lines: Reject[] = [];

  /** Copies: the bytes are a view into what is read next. */
  readonly keep: OnReject = (reject) => {
    this.lines.push({ ...reject, bytes: Buffer.from(reject.bytes) });
    this.bytes += reject.bytes.length;
  };

  get count(): number {
    return this.lines.length;
  }

  /** Writes them beside a part, if there are any and a place for them, and forgets them. */
  save(partPath: string | null, sync: Sync): Pick<MadeRange, "rejected" | "rejects"> {
    const { lines } = this;
    this.lines = [];
    this.bytes = 0;
    if (partPath === null || lines.length === 0) return { rejected: lines.length, rejects: null };
    const path = `${partPath}.rejects.ndjson`;
    writeWhole(path, Buffer.from(lines.map(rejectLine).join("")), sync);
    return { rejected: lines.length, rejects: basename(path) };
  }
}

/** A line of a file of rejects: the text, or what is no text in base64. */
function rejectLine({ bytes, byte, problem }: Reject): string {
  const content = isUtf8(bytes) ? { text: bytes.toString() } : { base64: bytes.toString("base64") };
  return `${JSON.stringify({ byte, problem, ...content })}\n`;
}
