/** A bucket of JetStream's object store, which keeps the parts of one run. */
import { createReadStream, createWriteStream, readFileSync } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream as NodeReadableStream } from "node:stream/web";
import type { ObjectInfo, ObjectStore } from "@nats-io/obj";
import { HellfactError, InputError, UnavailableError } from "../../core/errors.js";
import type { FoundObject, OpenObjectStore } from "../../core/objects/object-store.js";
import type { Credentials } from "../../core/transport.js";
import { credentialsIn } from "../../transports/nats/address.js";
import type { Link } from "../../transports/nats/link.js";
import { openLink } from "../../transports/nats/open-link.js";
import { persist, problemOf, WRONG_LAST_SEQUENCE } from "../../transports/nats/persist.js";
import { NO_JETSTREAM, usualReplicas } from "../../transports/nats/streams.js";
import { loadObjects } from "./load-objects.js";

const URL_OF_BUCKET = /^nats-objects:\/\/([^/]+)\/([A-Za-z0-9_-]{1,64})$/;
/** Under which name of its metadata an object has its note. */
const NOTE = "hellfact";
const PUT_MILLISECONDS = 10_000;
/** For so long a put is tried that gets no answer. */
const PUT_PATIENCE_MILLISECONDS = 120_000;
const PAUSE_MILLISECONDS = 100;

/** Rejects as an `ObjectStore` does. A bucket that is not there is made. */
export async function openBucket(url: string, given: Credentials): Promise<OpenObjectStore> {
  const [, servers, bucket = ""] = URL_OF_BUCKET.exec(url) ?? [];
  if (servers === undefined) {
    const shown = url.replace(/\/\/.*@/, "//***@");
    throw new InputError(
      `${shown}: it takes servers and a bucket, nats-objects://HOST:4222/BUCKET; a bucket's name has letters, digits, - and _.`,
    );
  }
  const { Objm } = await loadObjects();
  const link = await openLink(`nats://${servers}`, { ...credentialsIn(process.env), ...given });
  const address = `nats-objects://${link.address.replace(/^\w+:\/\//, "")}/${bucket}`;
  try {
    const options = { replicas: usualReplicas(link) };
    const store = await persistently(link, () => new Objm(link.js).create(bucket, options));
    return new Bucket(link, store, bucket, address);
  } catch (error) {
    await link.connection.close();
    throw sayable(address, error);
  }
}

class Bucket implements OpenObjectStore {
  constructor(
    private readonly link: Link,
    private readonly store: ObjectStore,
    private readonly bucket: string,
    readonly address: string,
  ) {}

  async put(name: string, path: string, note: string): Promise<FoundObject | undefined> {
    for (const until = performance.now() + PUT_PATIENCE_MILLISECONDS; ;) {
      const before = await this.info(name);
      if (before !== null && !before.deleted && (await this.isWhole(before))) {
        return foundOf(before);
      }
      // What is there is nothing, was taken away, or lost its bytes; and nobody else has seen to it since.
      const problem = await this.putAfter(before?.revision ?? 0, name, path, note);
      if (problem === undefined) return undefined;
      if (performance.now() > until) throw sayable(this.address, problem);
    }
  }

  async replace(name: string, path: string, note: string): Promise<void> {
    const meta = { name, metadata: { [NOTE]: note } };
    await this.said(() =>
      this.store.putBlob(meta, readFileSync(path), { timeout: PUT_MILLISECONDS }),
    );
  }

  async look(name: string): Promise<FoundObject | undefined> {
    const info = await this.info(name);
    return info === null || info.deleted || !(await this.isWhole(info)) ? undefined : foundOf(info);
  }

  async fetch(name: string, path: string): Promise<boolean> {
    const info = await this.info(name);
    if (info === null || info.deleted || !(await this.isWhole(info))) return false;
    await this.said(async () => {
      const found = await this.store.get(name);
      if (found === null) throw new HellfactError(`${name} is gone`);
      await pipeline(Readable.fromWeb(found.data as NodeReadableStream), createWriteStream(path));
    });
    return true;
  }

  async names(): Promise<string[]> {
    return (await this.said(() => this.store.list())).map(({ name }) => name);
  }

  async remove(name: string): Promise<void> {
    await this.said(() => this.store.delete(name));
  }

  /** Takes away the pieces of objects that nobody has named, because whoever put them was killed. */
  async tidy(): Promise<void> {
    const pieces = `$O.${this.bucket}.C.`;
    const named = new Set((await this.said(() => this.store.list())).map(({ nuid }) => nuid));
    const stream = `OBJ_${this.bucket}`;
    const { state } = await this.said(() =>
      this.link.jsm.streams.info(stream, { subjects_filter: `${pieces}>` }),
    );
    for (const filter of Object.keys(state.subjects ?? {})) {
      if (named.has(filter.slice(pieces.length))) continue;
      await this.said(() => this.link.jsm.streams.purge(stream, { filter }));
    }
  }

  close(): Promise<void> {
    return this.link.connection.close();
  }

  /** Puts an object whose name was last written at a revision; resolves to why that may not have worked. */
  private async putAfter(
    revision: number,
    name: string,
    path: string,
    note: string,
  ): Promise<unknown> {
    const meta = { name, metadata: { [NOTE]: note } };
    const options = { timeout: PUT_MILLISECONDS, previousRevision: revision };
    const bytes = Readable.toWeb(createReadStream(path)) as ReadableStream<Uint8Array>;
    try {
      await this.store.put(meta, bytes, options);
      return undefined;
    } catch (error) {
      const problem = problemOf(error);
      const isOfFile = typeof (error as NodeJS.ErrnoException).syscall === "string";
      const isLasting = problem !== undefined && problem.code !== WRONG_LAST_SEQUENCE;
      if (isLasting || isOfFile) throw sayable(this.address, error);
      // Somebody was faster, or no answer came: then only a look tells whether it is there.
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MILLISECONDS));
      return error;
    }
  }

  private info(name: string): Promise<ObjectInfo | null> {
    return this.said(() => this.store.info(name));
  }

  /** Whether all pieces are there: a put whose answer was lost takes its pieces away, and its name may stay. */
  private async isWhole({ nuid, chunks }: ObjectInfo): Promise<boolean> {
    const subject = `$O.${this.bucket}.C.${nuid}`;
    const { state } = await this.said(() =>
      this.link.jsm.streams.info(`OBJ_${this.bucket}`, { subjects_filter: subject }),
    );
    return (state.subjects?.[subject] ?? 0) === chunks;
  }

  private async said<T>(action: () => Promise<T>): Promise<T> {
    try {
      return await persistently(this.link, action);
    } catch (error) {
      throw sayable(this.address, error);
    }
  }
}

const foundOf = ({ size, metadata }: ObjectInfo): FoundObject => ({
  bytes: size,
  note: metadata?.[NOTE] ?? "",
});

/** Servers that are down now and then come back; for so long they are waited for. */
const WAIT_MILLISECONDS = 30_000;

function persistently<T>({ connection }: Link, action: () => Promise<T>): Promise<T> {
  const until = performance.now() + WAIT_MILLISECONDS;
  let last: unknown;
  const kept = async () => {
    try {
      return await action();
    } catch (error) {
      last = error;
      throw error;
    }
  };
  return persist(kept, () => performance.now() < until && !connection.isClosed()).catch(
    (error: unknown) => {
      throw problemOf(error) === undefined ? (last ?? error) : error;
    },
  );
}

function sayable(address: string, error: unknown): Error {
  if (error instanceof HellfactError) return error;
  const problem = problemOf(error);
  if (problem !== undefined && NO_JETSTREAM.has(problem.code)) {
    return new UnavailableError(`${address}: it has no JetStream. Start it with nats-server -js.`);
  }
  const text = problem?.text ?? (error as Error).message;
  return new HellfactError(`${address}: ${text.replace(/\.$/, "")}.`);
}
