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

export type Client = Awaited<ReturnType<typeof loadClient>>;
