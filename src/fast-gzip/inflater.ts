/** The decoder of `kernel/inflate/` as it is built: instances of one module, each with half a MiB of its own. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { compileKernel } from "./kernel.js";
import { webAssembly } from "./webassembly.js";

/** What `kernel/inflate/index.ts` exports. */
interface InflateExports {
  readonly memory: { readonly buffer: ArrayBuffer };
  begin(): void;
  inputAddress(): number;
  inputBytes(): number;
  feed(bytes: number): void;
  leftBytes(): number;
  step(): number;
  outputAddress(): number;
  outputEnd(): number;
}

/** What a step returns, as `kernel/inflate/index.ts` says. */
const [NEEDS_INPUT, AT_END, WRONG] = [0, 2, 16];
/** What is wrong, in zlib's words. */
const PROBLEMS = [
  ...["invalid block type", "invalid stored block lengths"],
  ...["", "", "too many length or distance symbols", "invalid code lengths set"],
  ...["invalid bit length repeat", "invalid code -- missing end-of-block"],
  ...["invalid literal/lengths set", "invalid distances set"],
  ...["", "", "invalid literal/length code", "invalid distance code"],
  "invalid distance too far back",
];

/** More than these are left to the garbage collector. */
const MOST_KEPT = 2;

let compiled: object | string | undefined;
const idle: FastInflater[] = [];

function moduleOrProblem(): object | string {
  try {
    const { resolve } = createRequire(import.meta.url);
    return compileKernel(readFileSync(resolve("hellfact/fast-gzip/inflate.wasm")));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Inflates raw deflate data (RFC 1951) step by step, in memory of its own. */
export class FastInflater {
  private readonly kernel: InflateExports;
  private readonly memory: Buffer;
  private readonly input: number;
  private readonly inputBytes: number;
  private needsInput = true;
  /** Bytes of the input that are at hand and not yet said to be taken. */
  private fedBytes = 0;

  private constructor(module: object) {
    if (webAssembly === undefined) throw new Error("there is no WebAssembly");
    this.kernel = new webAssembly.Instance(module).exports as InflateExports;
    this.memory = Buffer.from(this.kernel.memory.buffer);
    this.input = this.kernel.inputAddress();
    this.inputBytes = this.kernel.inputBytes();
  }

  /** `undefined` where the runtime cannot have it, or it was not built. */
  static open(): FastInflater | undefined {
    const ready = idle.pop();
    if (ready !== undefined) return ready;
    compiled ??= moduleOrProblem();
    return typeof compiled === "string" ? undefined : new FastInflater(compiled);
  }

  /** Begins a stream. */
  reset(): void {
    this.kernel.begin();
    this.needsInput = true;
  }

  /**
   * Takes input, and gives content, which lasts until the next step. Throws an `Error` that says what is damaged.
   *
   * @param input what the step before did not take, and what comes behind it
   * @returns how much of the input is taken, and whether the data end behind that
   */
  step(input: Uint8Array): {
    readonly taken: number;
    readonly content: Uint8Array;
    readonly isEnd: boolean;
  } {
    const { kernel, memory } = this;
    if (this.needsInput) {
      this.fedBytes = Math.min(input.length, this.inputBytes);
      memory.set(input.subarray(0, this.fedBytes), this.input);
      kernel.feed(this.fedBytes);
    }
    const result = kernel.step();
    if (result >= WRONG) throw new Error(PROBLEMS[result - WRONG] ?? "damaged");
    this.needsInput = result === NEEDS_INPUT;
    const isEnd = result === AT_END;
    // What ends within bytes that stand before these would have needed none of them.
    const taken = isEnd ? this.fedBytes - kernel.leftBytes() : this.needsInput ? this.fedBytes : 0;
    const content = memory.subarray(kernel.outputAddress(), kernel.outputEnd());
    return { taken, content, isEnd };
  }

  /** Nobody may use it afterwards, nor what was seen of its memory. */
  close(): void {
    if (idle.length < MOST_KEPT) idle.push(this);
  }
}
