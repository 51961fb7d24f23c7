/** Where servers are, and how one proves who one is: read, checked, and told without anything secret. */
import { readFileSync } from "node:fs";
import { isIP } from "node:net";
import { checkServerIdentity, type PeerCertificate } from "node:tls";
import { firstLine, InputError } from "../../core/errors.js";
import type { Credentials } from "../../core/transport.js";

export interface Address {
  /** `host:port` of each server. */
  readonly servers: readonly string[];
  /** `nats://host:port,host:port`, to be printed. */
  readonly text: string;
  readonly user?: string;
  readonly password?: string;
  readonly token?: string;
  readonly tls: boolean;
}

const DEFAULT_PORT = 4222;

/**
 * Reads `nats://[USER:PASSWORD@|TOKEN@]HOST[:PORT][,HOST…]`, or `tls://…`. Names and passwords may stand
 * in NATS_USER, NATS_PASSWORD and NATS_TOKEN instead, where no list of processes shows them.
 */
export function addressOf(url: string, env: Readonly<Record<string, string | undefined>>): Address {
  const [, scheme, rest = ""] = /^(nats|tls):\/\/([^/]+)\/?$/.exec(url) ?? [];
  if (scheme === undefined) throw wrong(url);
  const servers: string[] = [];
  let [user, password, token] = [env["NATS_USER"], env["NATS_PASSWORD"], env["NATS_TOKEN"]];
  for (const entry of rest.split(",")) {
    let parsed: URL;
    try {
      parsed = new URL(`nats://${entry}`);
    } catch {
      throw wrong(url);
    }
    const { hostname, port, username } = parsed;
    if (hostname === "") throw wrong(url);
    if (username !== "" && parsed.password === "") token = decodeURIComponent(username);
    else if (username !== "") {
      user = decodeURIComponent(username);
      password = decodeURIComponent(parsed.password);
    }
    servers.push(`${hostname}:${port === "" ? DEFAULT_PORT : port}`);
  }
  return {
    ...{ servers, text: `${scheme}://${servers.join(",")}`, tls: scheme === "tls" },
    ...(user !== undefined && { user }),
    ...(password !== undefined && { password }),
    ...(token !== undefined && { token }),
  };
}

/** The reading of a URL must not tell what is secret in it. */
function wrong(url: string): InputError {
  const shown = url.replace(/\/\/.*@/, "//***@");
  return new InputError(
    `${shown}: it takes nats://HOST:PORT, or several with commas between them.`,
  );
}

/** What TLS is made with, if it is wanted. Throws an `InputError` naming a file that cannot be read. */
export function tlsOf({ tls, servers }: Address, { tlsCa, tlsCert, tlsKey }: Credentials) {
  if (!tls && tlsCa === undefined && tlsCert === undefined) return undefined;
  if ((tlsCert === undefined) !== (tlsKey === undefined)) {
    throw new InputError("--tls-cert and --tls-key belong together: give both.");
  }
  return {
    checkServerIdentity: identityOf(servers),
    ...(tlsCa !== undefined && { ca: textOf(tlsCa) }),
    ...(tlsCert !== undefined && { cert: textOf(tlsCert) }),
    ...(tlsKey !== undefined && { key: textOf(tlsKey) }),
  };
}

/**
 * Whether a certificate is that of a server. The client tells TLS the names of servers and not their addresses, and
 * what is told nothing looks for localhost: then it has to be the certificate of one of the addresses.
 */
function identityOf(servers: readonly string[]) {
  const hosts = servers.map((server) => server.replace(/:\d+$/, "").replace(/^\[(.*)\]$/, "$1"));
  const addresses = hosts.filter((host) => isIP(host) !== 0 || host === "localhost");
  return (name: string, certificate: PeerCertificate): Error | undefined => {
    if (name !== "localhost" || addresses.length === 0) {
      return checkServerIdentity(name, certificate);
    }
    const problems = addresses.map((host) => checkServerIdentity(host, certificate));
    return problems.includes(undefined) ? undefined : problems[0];
  };
}

/** Throws an `InputError` naming the file. */
export function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new InputError(`${path} cannot be read: ${firstLine(error)}`);
  }
}

/** How one proves who one is, as the environment says it: by the same variables that the `nats` command reads. */
export function credentialsIn(env: Readonly<Record<string, string | undefined>>): Credentials {
  const { NATS_CREDS: creds, NATS_CA: tlsCa, NATS_CERT: tlsCert, NATS_KEY: tlsKey } = env;
  return {
    ...(creds !== undefined && { creds }),
    ...(tlsCa !== undefined && { tlsCa }),
    ...(tlsCert !== undefined && { tlsCert }),
    ...(tlsKey !== undefined && { tlsKey }),
  };
}
