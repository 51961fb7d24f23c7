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
const OUTPUT_BYTES = 1 << 18;

/** Inflates raw deflate data (RFC 1951) step by step, in memory that is used again. */
export interface Inflater {
  /** Begins anew. */
  reset(): void;
  /**
   * Takes input, and gives content, which lasts until the next step. Throws an `Error` that says what is damaged.
   *
   * @param input what the step before did not take, and what comes behind it; there is some behind the data
   */
  step(input: Uint8Array): Step;
  /** Gives its memory back. */
  close(): void;
}

interface Step {
  /** How much of the input is not needed any more. */
  readonly taken: number;
  readonly content: Uint8Array;
  /** Whether the data end behind what is taken. */
  readonly isEnd: boolean;
}

/**
 * The runtime's own. The functions of `node:zlib` make new memory for all that they give, which is garbage at once,
 * and of which some 80 MB gather.
 */
export class ZlibInflater implements Inflater {
  private readonly handle: Handle;
  private problem: string | undefined;
  private readonly output = Buffer.allocUnsafeSlow(OUTPUT_BYTES);

  private constructor(private readonly engine: Engine) {
    const onerror = (message: string) => (this.problem = message);
    // oxlint-disable-next-line no-underscore-dangle -- that is its name
    this.handle = Object.assign(engine._handle, { onerror });
  }

  /** `undefined` where the runtime does it otherwise. */
  static open(): ZlibInflater | undefined {
    try {
      const inflater = new ZlibInflater(createInflateRaw({ chunkSize: 64 }) as Engine);
      return inflater.isRight() ? inflater : undefined;
    } catch {
      return undefined;
    }
  }

  reset(): void {
    this.problem = undefined;
    this.handle.reset();
  }

  step(input: Uint8Array): Step {
    const { output } = this;
    const { _writeState: left } = this.engine;
    this.handle.writeSync(NO_FLUSH, input, 0, input.length, output, 0, output.length);
    if (this.problem !== undefined) throw new Error(this.problem);
    const [outputLeft = 0, inputLeft = 0] = left;
    const content = output.subarray(0, output.length - outputLeft);
    return {
      ...{ taken: input.length - inputLeft, content },
      // It stops with room and input left only there.
      isEnd: inputLeft > 0 && outputLeft > 0,
    };
  }

  close(): void {
    this.engine.close();
  }

  private isRight(): boolean {
    const text = Buffer.from("hellfact ".repeat(20));
    const { content } = this.step(deflateRawSync(text));
    this.reset();
    return text.equals(content);
  }
}
