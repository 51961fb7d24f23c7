/** Object stores that a test starts, by the name of their plugin. */
import { ownNats } from "./nats.js";
import { FakeS3 } from "./s3.js";

export interface OwnObjects {
  /** The URL of a place with a name that is as good as new. */
  url(name: string): string;
  /** What a process needs in its environment to be let in. */
  readonly env: Readonly<Record<string, string>>;
  /** What nobody may be shown. */
  readonly secret: string | undefined;
  /** Is away for a moment, as after a loss of power, and comes back with what it had. */
  restart(): Promise<void>;
  end(): Promise<void>;
}

/** Starts an object store, or says why there can be none. */
export async function ownObjects(name: string): Promise<OwnObjects | string> {
  if (name === "nats-objects") return natsObjects();
  return name === "s3" ? s3Objects() : `nobody knows how to start ${name}`;
}

async function natsObjects(): Promise<OwnObjects | string> {
  const nats = await ownNats();
  if (typeof nats === "string") return nats;
  return {
    url: (bucket) => `${nats.url.replace(/^nats/, "nats-objects")}/${bucket}`,
    env: {},
    secret: undefined,
    restart: async () => {
      await nats.kill(0);
      await nats.start(0);
    },
    end: () => nats.end(),
  };
}

async function s3Objects(): Promise<OwnObjects> {
  const s3 = new FakeS3("facts");
  await s3.start();
  const { id, secret } = s3.keys;
  return {
    url: (prefix) => `s3://facts/${prefix}?endpoint=${s3.url}`,
    env: { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret },
    secret,
    restart: async () => {
      await s3.stop();
      await new Promise((resolve) => setTimeout(resolve, 300));
      await s3.start();
    },
    end: () => s3.stop(),
  };
}
