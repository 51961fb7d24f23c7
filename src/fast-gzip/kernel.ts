/**
 * The kernel of `kernel/` as it is built: instances of one module, each with 2.5 MiB of its own.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { STEP_BYTES, type Deflater, type Flush } from "./deflater.js";
import { LEVELS, type Level } from "./levels.js";
import { webAssembly } from "./webassembly.js";

/** What `kernel/index.ts` exports. */
interface KernelExports {
  readonly memory: { readonly buffer: ArrayBuffer };
  begin(level: number): void;
  inputAddress(): number;
  outputAddress(): number;
  step(bytes: number, flush: number): number;
  stepBytes(): number;
  memoryEnd(): number;
}

export class Kernel implements Deflater {
  readonly memory: Uint8Array;
  readonly output: number;
  private readonly exports: KernelExports;

  constructor(module: object) {
    if (webAssembly === undefined) throw new Error("there is no WebAssembly");
    this.exports = new webAssembly.Instance(module).exports as KernelExports;
    this.memory = new Uint8Array(this.exports.memory.buffer);
    this.output = this.exports.outputAddress();
    if (this.exports.stepBytes() !== STEP_BYTES) throw new Error("kernel.wasm is of another build");
  }

  begin(level: Level): void {
    this.exports.begin(LEVELS.indexOf(level));
  }

  input(): number {
    return this.exports.inputAddress();
  }

  step(bytes: number, flush: Flush): number {
    if (!(bytes >= 0 && bytes <= STEP_BYTES)) {
      throw new RangeError(`a step takes 0 to ${STEP_BYTES} bytes, not ${bytes}`);
    }
    return this.exports.step(bytes, flush);
  }

  /** Bytes of the memory that are used, for whoever wants to know. */
  usedBytes(): number {
    return this.exports.memoryEnd();
  }
}

/** The file that `npm run build` makes, for sources and for what is built of them alike. */
export function kernelBytes(): Uint8Array {
  return readFileSync(createRequire(import.meta.url).resolve("hellfact/fast-gzip/kernel.wasm"));
}

/** The module, or in one line why this runtime cannot have it. */
export function compileKernel(bytes: Uint8Array): object | string {
  if (webAssembly === undefined) return "this runtime has no WebAssembly";
  if (!webAssembly.validate(bytes)) return "this runtime's WebAssembly has no SIMD";
  return new webAssembly.Module(bytes);
}
