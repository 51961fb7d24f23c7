/**
 * What we use of the packages that need a compiler. Where one could not be built npm leaves its folder
 * away, types and all, and our own build has to go on without it.
 */
declare module "simdjson" {
  export interface JSONTape {
    valueForKeyPath(keyPath: string): unknown;
  }
  const simdjson: {
    isValid(text: string): boolean;
    parse(text: string): unknown;
    lazyParse(text: string): JSONTape;
  };
  export default simdjson;
}

declare module "zlib-sync" {
  interface Inflate {
    readonly result: Buffer | string | null;
    readonly msg: string | null;
    readonly err: number;
    push(bytes: Buffer, flush?: number): void;
  }
  const zlibSync: {
    readonly Inflate: new (options: { windowBits: number; chunkSize: number }) => Inflate;
    readonly Z_FINISH: number;
    readonly Z_OK: number;
    readonly Z_STREAM_END: number;
    readonly Z_BUF_ERROR: number;
  };
  export default zlibSync;
}
