/** A connection to PostgreSQL, and what to say where there is none. */
import { Client } from "pg";
import { firstLine, HellfactError, InputError } from "../../core/errors.js";
import type { OpenOptions } from "../../core/store.js";

export interface Address {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
}

const CONNECT_MILLISECONDS = 10_000;

/**
 * Connects to `postgres://USER:PASSWORD@HOST:PORT/DATABASE`. Rejects with one line that names host,
 * port, user and database, and never the password.
 */
export async function connect(
  url: string,
  { application = "hellfact", pipeline = false }: OpenOptions,
): Promise<{ client: Client; address: Address }> {
  let client: Client;
  try {
    if (!/^postgres(ql)?:\/\//.test(url)) throw new TypeError("no such URL");
    client = new Client({
      connectionString: url,
      connectionTimeoutMillis: CONNECT_MILLISECONDS,
      application_name: application,
      ...{ pipeline }, // younger than the types
    });
  } catch {
    throw new InputError("--store: give PostgreSQL as postgres://USER@HOST:PORT/DATABASE.");
  }
  const address = {
    host: client.host,
    port: client.port,
    user: client.user ?? "",
    database: client.database ?? "",
  };
  // A connection that breaks says so here as well as to its query; unheard, it would end the process.
  client.on("error", () => undefined);
  try {
    await client.connect();
  } catch (error) {
    throw sayable(address, error);
  }
  return { client, address };
}

/** What went wrong, in a line that says where. */
export function sayable(address: Address, error: unknown): Error {
  if (error instanceof HellfactError) return error;
  const { host, port, user, database } = address;
  const where = `PostgreSQL at ${host}:${port}`;
  const { code = "", message } = error as { code?: string; message?: string };
  const text = (message ?? firstLine(error)).split("\n", 1)[0]?.replace(/\.$/, "") ?? "";
  switch (code) {
    case "ECONNREFUSED":
    case "ENOENT":
      return new HellfactError(
        `${where}: nobody answers. Start a server there (initdb -D DIR -A trust -U postgres, pg_ctl -D DIR start), or give another --store.`,
      );
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return new InputError(`${where}: there is no host of that name. Give another --store.`);
    case "28P01":
    case "28000":
      return new InputError(
        `${where} refuses user ${user}: the password is wrong, or none may log in.`,
      );
    case "3D000":
      return new InputError(`${where} has no database "${database}". Create it, or name another.`);
    case "53300":
      return new HellfactError(`${where} has no room for another connection (max_connections).`);
    case "ECONNRESET":
    case "EPIPE":
    case "57P01":
    case "57P02":
    case "57P03":
      return new HellfactError(
        `${where} ended the connection: ${text}. Nothing of the load is kept.`,
      );
    default:
      if (/terminated|timeout|not queryable/i.test(text)) {
        return new HellfactError(`${where} broke the connection: ${text}.`);
      }
      if (/password must be a string/.test(text)) {
        return new InputError(
          `${where} asks user ${user} for a password. Put it into the URL, or into PGPASSWORD.`,
        );
      }
      return new HellfactError(`${where}: ${text}${code === "" ? "" : ` (${code})`}.`);
  }
}
