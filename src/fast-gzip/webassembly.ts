/** The part of the global that is used here; it has no types without a browser's. */
interface WebAssemblyGlobal {
  validate(bytes: Uint8Array): boolean;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: object };
}

export const { WebAssembly: webAssembly } = globalThis as unknown as {
  readonly WebAssembly?: WebAssemblyGlobal;
};
