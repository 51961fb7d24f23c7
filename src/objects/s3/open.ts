/** A bucket of S3, or what stands before the names of some of its objects. */
import { createWriteStream, readFileSync } from "node:fs";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { S3Client } from "@aws-sdk/client-s3";
import { firstLine, HellfactError, InputError } from "../../core/errors.js";
import type { FoundObject, OpenObjectStore } from "../../core/objects/object-store.js";
import { addressText, bucketAddress, type BucketAddress } from "./address.js";
import { loadSdk, type Sdk } from "./load-sdk.js";

/** Under which name of its metadata an object has its note. */
const NOTE = "hellfact";
/** A server that is away is asked again, up to about half a minute. */
const ATTEMPTS = 8;
const CONFLICT_MILLISECONDS = 200;
const MOST_CONFLICTS = 50;
/** What is asked of a server elsewhere that does not look at it. */
const ANY_REGION = "us-east-1";

/** Rejects as an `ObjectStore` does. The bucket has to be there. */
export async function openBucket(url: string): Promise<OpenObjectStore> {
  const address = bucketAddress(url, process.env);
  const sdk = await loadSdk();
  const { endpoint, region } = address;
  const found = endpoint === undefined ? region : (region ?? ANY_REGION);
  const client = new sdk.S3Client({
    maxAttempts: ATTEMPTS,
    ...(endpoint !== undefined && { endpoint, forcePathStyle: true }),
    ...(found !== undefined && { region: found }),
  });
  const bucket = new S3Bucket(sdk, client, address);
  try {
    await bucket.check();
  } catch (error) {
    client.destroy();
    throw error;
  }
  return bucket;
}

class S3Bucket implements OpenObjectStore {
  readonly address: string;

  constructor(
    private readonly sdk: Sdk,
    private readonly client: S3Client,
    private readonly where: BucketAddress,
  ) {
    this.address = addressText(where);
  }

  /** That the bucket is there, and this user is let in. */
  async check(): Promise<void> {
    const { bucket: Bucket, prefix: Prefix } = this.where;
    await this.said(() =>
      this.client.send(new this.sdk.ListObjectsV2Command({ Bucket, Prefix, MaxKeys: 1 })),
    );
  }

  async put(name: string, path: string, note: string): Promise<FoundObject | undefined> {
    const { PutObjectCommand } = this.sdk;
    const Body = readFileSync(path);
    const put = { ...this.key(name), Body, Metadata: { [NOTE]: note }, IfNoneMatch: "*" };
    for (let tried = 1; ; tried++) {
      try {
        await this.client.send(new PutObjectCommand(put));
        return undefined;
      } catch (error) {
        const status = statusOf(error);
        if (status === 501) {
          throw new InputError(
            `${this.address}: this server puts nothing on a condition (If-None-Match). Take another one, or --sink file:DIR.`,
          );
        }
        if ((status !== 412 && status !== 409) || tried === MOST_CONFLICTS) {
          throw this.sayable(error);
        }
      }
      const found = await this.look(name);
      if (found !== undefined) return found;
      // Somebody else is putting it, or took it away at this moment.
      await new Promise((resolve) => setTimeout(resolve, CONFLICT_MILLISECONDS));
    }
  }

  async replace(name: string, path: string, note: string): Promise<void> {
    const { PutObjectCommand } = this.sdk;
    const put = { ...this.key(name), Metadata: { [NOTE]: note } };
    await this.said(() =>
      this.client.send(new PutObjectCommand({ ...put, Body: readFileSync(path) })),
    );
  }

  async look(name: string): Promise<FoundObject | undefined> {
    try {
      const { ContentLength = 0, Metadata = {} } = await this.client.send(
        new this.sdk.HeadObjectCommand(this.key(name)),
      );
      return { bytes: ContentLength, note: Metadata[NOTE] ?? "" };
    } catch (error) {
      if (statusOf(error) === 404) return undefined;
      throw this.sayable(error);
    }
  }

  async fetch(name: string, path: string): Promise<boolean> {
    try {
      const { Body } = await this.client.send(new this.sdk.GetObjectCommand(this.key(name)));
      await pipeline(Body as Readable, createWriteStream(path));
      return true;
    } catch (error) {
      if (statusOf(error) === 404) return false;
      throw this.sayable(error);
    }
  }

  async names(): Promise<string[]> {
    const { bucket: Bucket, prefix: Prefix } = this.where;
    const names: string[] = [];
    let ContinuationToken: string | undefined;
    do {
      const asked = { Bucket, Prefix, Delimiter: "/", ContinuationToken };
      const found = await this.said(() =>
        this.client.send(new this.sdk.ListObjectsV2Command(asked)),
      );
      for (const { Key = "" } of found.Contents ?? []) names.push(Key.slice(Prefix.length));
      ContinuationToken = found.IsTruncated === true ? found.NextContinuationToken : undefined;
    } while (ContinuationToken !== undefined);
    return names;
  }

  async remove(name: string): Promise<void> {
    await this.said(() => this.client.send(new this.sdk.DeleteObjectCommand(this.key(name))));
  }

  async close(): Promise<void> {
    this.client.destroy();
  }

  private key(name: string) {
    return { Bucket: this.where.bucket, Key: this.where.prefix + name };
  }

  private async said<T>(action: () => Promise<T>): Promise<T> {
    try {
      return await action();
    } catch (error) {
      throw this.sayable(error);
    }
  }

  /** What went wrong, in a line with nothing secret in it: what a server says may name a key. */
  private sayable(error: unknown): Error {
    if (error instanceof HellfactError) return error;
    const { name, code } = error as { readonly name?: string; readonly code?: string };
    const { address } = this;
    const status = statusOf(error);
    if (name === "NoSuchBucket" || status === 404) {
      return new InputError(`${address}: there is no bucket ${this.where.bucket}. Make it first.`);
    }
    if (status === 401 || status === 403) {
      return new InputError(
        `${address} does not let this user in (${name ?? status}): see AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE.`,
      );
    }
    if (name === "CredentialsProviderError") {
      return new InputError(
        `${address}: nobody says who asks. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE.`,
      );
    }
    if (status === 301 || status === 400) {
      return new InputError(
        `${address}: the server takes no such request (${name ?? status}). Is the region right? AWS_REGION says it.`,
      );
    }
    if (code === "ECONNREFUSED" || code === "ENOTFOUND") {
      return new HellfactError(`${address}: nobody answers (${code}).`);
    }
    if (/region is missing/i.test(firstLine(error))) {
      return new InputError(`${address}: set AWS_REGION to the region of the bucket.`);
    }
    return new HellfactError(
      `${address}: ${name ?? "error"}${status === undefined ? "" : ` (${status})`}.`,
    );
  }
}

/** What a server answered, if it did. */
function statusOf(error: unknown): number | undefined {
  return (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
}
