/** What commands that speak to a cluster have in common. */
import type { Command } from "commander";
import { InputError } from "../core/errors.js";
import type { Credentials, OpenTransport } from "../core/transport.js";
import { loadPlugin } from "../plugins/catalog.js";

export type CredentialOptions = Credentials;

/** How to prove who one is to a server. */
export function addCredentials(command: Command): Command {
  return command
    .option(
      "--creds <file>",
      "a user's credentials (or NATS_USER and NATS_PASSWORD, or NATS_TOKEN)",
    )
    .option("--tls-ca <file>", "the authority that signed the server's certificate, in PEM")
    .option("--tls-cert <file>", "one's own certificate, in PEM")
    .option("--tls-key <file>", "its key, in PEM");
}

/** Connects. Rejects as a `Transport` does. */
export async function openCluster(url: string, options: Credentials): Promise<OpenTransport> {
  const scheme = url.split(":", 1)[0] ?? "";
  if (scheme !== "nats" && scheme !== "tls") {
    throw new InputError(
      `${withoutSecrets(url)}: it takes the servers of a cluster, nats://HOST:4222.`,
    );
  }
  return (await loadPlugin("transports", "nats")).open(url, options);
}

/** A word of a command line without the user and the password of a URL, which may stand behind its place, too. */
export function withoutSecrets(word: string): string {
  return word
    .replaceAll(/(\w+:\/\/)[^/\s]*@/g, "$1***@")
    .replaceAll(/([?&](?:ssl)?(?:password|token)=)[^&\s"']*/gi, "$1***");
}
