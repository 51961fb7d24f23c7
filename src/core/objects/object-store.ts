/** The contract of object stores: places for the parts of a run that all machines reach, and that are no folder. */
import type { Credentials } from "../transport.js";

/** What an object store has under a name. */
export interface FoundObject {
  readonly bytes: number;
  /** What was noted with it when it was put there; "" where it was put by somebody else. */
  readonly note: string;
}

/** One file in `src/objects` exports one as its default; its name is the scheme of its URLs. */
export interface ObjectStore {
  readonly name: string;
  /** An example of its URL. */
  readonly url: string;
  /** Which client there is, with its version; rejects with an `UnavailableError` where there is none. */
  client(): Promise<string>;
  /**
   * Rejects with an `InputError` for a wrong URL or a bucket that cannot be used, an `UnavailableError` where a
   * library is missing, and a `HellfactError` where nobody answers. None has anything secret in it.
   */
  open(url: string, credentials: Credentials): Promise<OpenObjectStore>;
}

/** What keeps the objects of one run. Names are those of files. */
export interface OpenObjectStore {
  /** The URL that leads there from any machine, without anything secret. */
  readonly address: string;
  /**
   * Puts a file under a name that nothing has, whole or not at all. Resolves to what has that name where something
   * does: then nothing was put.
   */
  put(name: string, path: string, note: string): Promise<FoundObject | undefined>;
  /** Puts a file in the place of whatever has that name. */
  replace(name: string, path: string, note: string): Promise<void>;
  look(name: string): Promise<FoundObject | undefined>;
  /** Writes an object into a file; resolves to whether there is such an object. */
  fetch(name: string, path: string): Promise<boolean>;
  names(): Promise<string[]>;
  remove(name: string): Promise<void>;
  /** Takes away what puts that were interrupted left, where they leave anything. Nobody may be putting then. */
  tidy?(): Promise<void>;
  close(): Promise<void>;
}
