import type { NatsConnection } from "@nats-io/transport-node";
import { firstLine, HellfactError, InputError } from "../../core/errors.js";
import type { Credentials } from "../../core/transport.js";
import { addressOf, textOf, tlsOf, type Address } from "./address.js";
import type { Client } from "./load-client.js";

const CONNECT_MILLISECONDS = 5000;
const RECONNECT_MILLISECONDS = 250;
/** A server that is gone without a word is noticed within three of these. */
const PING_MILLISECONDS = 5000;

/** Connects, and stays so: a connection that breaks is made anew, to any server that is there. */
export async function connected(
  { core }: Client,
  url: string,
  credentials: Credentials,
): Promise<{ readonly connection: NatsConnection; readonly address: string }> {
  const address = addressOf(url, process.env);
  const tls = tlsOf(address, credentials);
  const { user, password, token } = address;
  const authenticator =
    credentials.creds === undefined
      ? undefined
      : core.credsAuthenticator(new TextEncoder().encode(textOf(credentials.creds)));
  try {
    const connection = await core.connect({
      servers: [...address.servers],
      name: "hellfact",
      timeout: CONNECT_MILLISECONDS,
      maxReconnectAttempts: -1,
      reconnectTimeWait: RECONNECT_MILLISECONDS,
      pingInterval: PING_MILLISECONDS,
      ...(authenticator !== undefined && { authenticator }),
      ...(user !== undefined && { user }),
      ...(password !== undefined && { pass: password }),
      ...(token !== undefined && { token }),
      ...(tls !== undefined && { tls }),
    });
    return { connection, address: address.text };
  } catch (error) {
    throw notConnected(address, error);
  }
}

function notConnected({ text }: Address, error: unknown): HellfactError {
  const problem = firstLine(error);
  if (/authorization|authentication|permissions|user .* not/i.test(problem)) {
    return new InputError(
      `${text} does not let this user in: give --creds FILE, or a user and a password.`,
    );
  }
  if (/altname|does not match/i.test(problem)) {
    return new InputError(`${text}: ${problem}. Name the server as its certificate does.`);
  }
  if (/tls|certificate|self.signed/i.test(problem)) {
    return new InputError(
      `${text}: ${problem}. Give --tls-ca FILE with the authority that signed it.`,
    );
  }
  if (/creds|jwt|seed|nkey/i.test(problem)) {
    return new InputError(
      `--creds: ${problem}. It takes a file with a JWT and a seed, as nsc writes it.`,
    );
  }
  return new HellfactError(`${text}: nobody answers. Start one: nats-server -js`);
}
