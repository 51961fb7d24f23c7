import { createInflateRaw, deflateRawSync, type InflateRaw } from "node:zlib";

/** What the runtime's synchronous functions use, and hand no memory to: it is the same from Node 11 to 24. */
interface Handle {
  onerror: (message: string) => unknown;
  writeSync(
    flush: number,
    input: Uint8Array,
    inputAt: number,
    inputBytes: number,
    output: Uint8Array,
    outputAt: number,
    outputBytes: number,
  ): void;
  reset(): void;
}

interface Engine extends InflateRaw {
  readonly _handle: Handle;
  /** Bytes of output and of input that the last step left. */
  readonly _writeState: Uint32Array;
}

const NO_FLUSH = 0;

/**
 * Inflates raw deflate data (RFC 1951) step by step, into memory that is used again. The functions of `node:zlib`
 * make new memory for all that they give, which is garbage at once, and of which some 80 MB gather.
 */
export class Inflater {
  private readonly handle: Handle;
  private problem: string | undefined;

  private constructor(private readonly engine: Engine) {
    const onerror = (message: string) => (this.problem = message);
    // oxlint-disable-next-line no-underscore-dangle -- that is its name
    this.handle = Object.assign(engine._handle, { onerror });
  }

  /** `undefined` where the runtime does it otherwise. */
  static open(): Inflater | undefined {
    try {
      const inflater = new Inflater(createInflateRaw({ chunkSize: 64 }) as Engine);
      return inflater.isRight() ? inflater : undefined;
    } catch {
      return undefined;
    }
  }

  /** Begins anew. */
  reset(): void {
    this.problem = undefined;
    this.handle.reset();
  }

  /**
   * Takes input, and gives output, until one of them is used up or the data end. Throws an `Error` that says what is
   * damaged.
   */
  step(input: Uint8Array, output: Uint8Array): { readonly taken: number; readonly given: number } {
    const { _writeState: left } = this.engine;
    this.handle.writeSync(NO_FLUSH, input, 0, input.length, output, 0, output.length);
    if (this.problem !== undefined) throw new Error(this.problem);
    const [outputLeft = 0, inputLeft = 0] = left;
    return { taken: input.length - inputLeft, given: output.length - outputLeft };
  }

  /** Gives its memory back. */
  close(): void {
    this.engine.close();
  }

  private isRight(): boolean {
    const text = Buffer.from("hellfact ".repeat(20));
    const output = Buffer.alloc(text.length + 1);
    const { given } = this.step(deflateRawSync(text), output);
    this.reset();
    return output.subarray(0, given).equals(text);
  }
}
