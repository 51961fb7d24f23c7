import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { UnavailableError, whyNotLoaded } from "../../core/errors.js";

const REMEDY = "npm install @nats-io/transport-node @nats-io/jetstream @nats-io/kv";

/** The client for NATS, its JetStream and its key-value stores. Rejects with an `UnavailableError`. */
export async function loadClient() {
  try {
    const [core, jetstream, kv] = await Promise.all([
      import("@nats-io/transport-node"),
      import("@nats-io/jetstream"),
      import("@nats-io/kv"),
    ]);
    return { core, jetstream, kv };
  } catch (error) {
    throw new UnavailableError(`nats does not load: ${whyNotLoaded(error)}`, REMEDY);
  }
}

/** Which client there is. Rejects as `loadClient` does. */
export async function clientName(): Promise<string> {
  await loadClient();
  const path = createRequire(import.meta.url).resolve("@nats-io/transport-node/package.json");
  const { version } = JSON.parse(readFileSync(path, "utf8")) as { version: string };
  return `@nats-io/transport-node ${version}`;
}

export type Client = Awaited<ReturnType<typeof loadClient>>;
