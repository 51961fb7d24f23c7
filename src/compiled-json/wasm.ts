/** WebAssembly as it is used here: modules that were assembled beforehand, on a memory. */

export interface WasmMemory {
  readonly buffer: ArrayBuffer;
}

type WasmFunction = (...parameters: number[]) => number;

/** The part of the global that is used here; it has no types without a browser's. */
export const { WebAssembly: webAssembly } = globalThis as unknown as {
  readonly WebAssembly: {
    readonly Memory: new (size: { initial: number; maximum?: number }) => WasmMemory;
    readonly Module: new (bytes: Uint8Array) => object;
    readonly Instance: new (
      module: object,
      imports: object,
    ) => { readonly exports: Record<string, unknown> };
  };
};

/**
 * The functions of a module of `assembled.ts`, by name, working on `memory`.
 *
 * @param imported what they call, by the names `f0`, `f1` and so on
 */
export function instantiate(
  memory: WasmMemory,
  module: string,
  imported: readonly WasmFunction[] = [],
): Record<string, WasmFunction> {
  const { exports } = new webAssembly.Instance(
    new webAssembly.Module(Buffer.from(module, "base64")),
    { e: { m: memory, ...Object.fromEntries(imported.map((one, index) => [`f${index}`, one])) } },
  );
  return exports as Record<string, WasmFunction>;
}
