/** Object stores that a test starts, by the name of their plugin. */
import { ownNats } from "./nats.js";

export interface OwnObjects {
  /** The URL of a place with a name that is as good as new. */
  url(name: string): string;
  /** What a process needs in its environment to be let in. */
  readonly env: Readonly<Record<string, string>>;
  /** Is away for a moment, as after a loss of power, and comes back with what it had. */
  restart(): Promise<void>;
  end(): Promise<void>;
}

/** Starts an object store, or says why there can be none. */
export async function ownObjects(name: string): Promise<OwnObjects | string> {
  if (name !== "nats-objects") return `nobody knows how to start ${name}`;
  const nats = await ownNats();
  if (typeof nats === "string") return nats;
  return {
    url: (bucket) => `${nats.url.replace(/^nats/, "nats-objects")}/${bucket}`,
    env: {},
    restart: async () => {
      await nats.kill(0);
      await nats.start(0);
    },
    end: () => nats.end(),
  };
}
