import type { Credentials } from "../../core/transport.js";
import { connected } from "./connect.js";
import type { Link } from "./link.js";
import { loadClient } from "./load-client.js";

const REQUEST_MILLISECONDS = 5000;

/** Connects to the servers that a URL names. Rejects as a `Transport` does. */
export async function openLink(url: string, credentials: Credentials): Promise<Link> {
  const client = await loadClient();
  const { connection, address } = await connected(client, url, credentials);
  const options = { timeout: REQUEST_MILLISECONDS };
  return {
    ...{ connection, client, address },
    js: client.jetstream.jetstream(connection, options),
    jsm: await client.jetstream.jetstreamManager(connection, { ...options, checkAPI: false }),
  };
}
