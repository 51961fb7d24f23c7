import type { Family } from "./families.js";

/** A binary that runs JavaScript, and how it is told to run it. */
export interface Runtime {
  /** Family, version and configuration: `node@24.21.0`, `node@24.21.0 jitless`. */
  readonly name: string;
  readonly family: Family;
  readonly version: string;
  /** What compiles and collects inside: `V8 13.6.233.17`. */
  readonly engine: string;
  readonly binary: string;
  /** What stands before the script on its command line. */
  readonly flags: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** Codecs that go through the same call sites before the measured one does. */
  readonly sharedWith?: readonly string[];
}

/** What a binary says it is. */
export type Identity = Pick<Runtime, "family" | "version" | "engine">;
