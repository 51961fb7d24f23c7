import type { ByteWriter } from "../../core/byte-writer.js";
import { webAssembly, type WasmMemory } from "../wasm.js";

/**
 * Where a fact's bytes are put before they go to the slab in one copy: memory that never moves, so
 * that compiled code has its address and length as constants, and that WebAssembly can write to.
 *
 * Positions are offsets in `bytes`. Code may write `SLACK` bytes from a position that is not above
 * `limit`; above it, it must call `flush` first.
 */
export interface Staging {
  readonly memory: WasmMemory;
  readonly bytes: Buffer;
  readonly view: DataView;
  readonly start: number;
  readonly limit: number;
  readonly end: number;
  /** Sets where the bytes go; returns the position to begin at. */
  readonly open: (out: ByteWriter) => number;
  /** Hands on all but the last byte, which may still be overwritten; returns the new position. */
  readonly flush: (position: number) => number;
  /** Hands on everything, and then `text`, all but its last unit, which must be ASCII. */
  readonly pass: (position: number, text: string) => number;
  /** Hands on everything. */
  readonly close: (position: number) => void;
}

/** What may be written before the position has to be looked at again. */
export const SLACK = 8192;

/** The first bytes of the memory belong to the tables of `doubles.ts`. */
const TABLE_BYTES = 16_384;

const PAGE_BYTES = 65_536;

/** Staging for `room` bytes beside the slack; 256 kB stay in a second-level cache. */
export function createStaging(room = 262_144): Staging {
  const end = TABLE_BYTES + room + 2 * SLACK;
  const memory = new webAssembly.Memory({ initial: Math.ceil(end / PAGE_BYTES) });
  const bytes = Buffer.from(memory.buffer);
  const start = TABLE_BYTES;
  let sink: ByteWriter | undefined;

  function hand(from: number, to: number): void {
    sink?.bytes(bytes.subarray(from, to));
  }

  function flush(position: number): number {
    hand(start, position - 1);
    bytes[start] = bytes[position - 1] ?? 0;
    return start + 1;
  }

  function pass(position: number, text: string): number {
    hand(start, position);
    sink?.utf8(text.slice(0, -1));
    bytes[start] = text.charCodeAt(text.length - 1);
    return start + 1;
  }

  return {
    memory,
    bytes,
    view: new DataView(memory.buffer),
    start,
    limit: TABLE_BYTES + room,
    end,
    open: (out) => {
      sink = out;
      return start;
    },
    flush,
    pass,
    close: (position) => {
      hand(start, position);
      sink = undefined;
    },
  };
}
