import { UnavailableError, whyNotLoaded } from "../../core/errors.js";
import { installedVersion } from "../../core/package-version.js";

const REMEDY = "npm install @nats-io/obj";

/** The client for the object store of JetStream. Rejects with an `UnavailableError`. */
export async function loadObjects() {
  try {
    return await import("@nats-io/obj");
  } catch (error) {
    throw new UnavailableError(`nats-objects does not load: ${whyNotLoaded(error)}`, REMEDY);
  }
}

/** Which client there is. Rejects as `loadObjects` does. */
export async function clientName(): Promise<string> {
  await loadObjects();
  return `@nats-io/obj ${installedVersion("@nats-io/obj")}`.trim();
}
