/** Deflaters that are lent and given back, because a kernel's memory is costly to make. */
import type { Deflater } from "./deflater.js";
import { compileKernel, Kernel, kernelBytes } from "./kernel.js";
import { ZlibDeflater } from "./zlib-deflater.js";

/** More than these are left to the garbage collector. */
const MOST_KEPT = 4;

let compiled: object | string | undefined;
const idle: Deflater[] = [];

function kernelModule(): object | string {
  return (compiled ??= compileKernel(kernelBytes()));
}

/** In a few words why `node:zlib` does the work here, or `undefined` where the kernel does it. */
export function whyFallback(): string | undefined {
  const found = kernelModule();
  return typeof found === "string" ? found : undefined;
}

export function takeDeflater(): Deflater {
  const ready = idle.pop();
  if (ready !== undefined) return ready;
  const found = kernelModule();
  if (typeof found !== "string") return new Kernel(found);
  return new ZlibDeflater();
}

/** Nobody may use it afterwards, nor what was seen of its memory. */
export function giveBack(deflater: Deflater): void {
  if (idle.length < MOST_KEPT) idle.push(deflater);
}
