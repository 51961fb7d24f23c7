import type { Client } from "pg";

/** `PostgreSQL 15.8` */
export async function serverVersion(client: Client): Promise<string> {
  const { rows } = await client.query<{ server_version: string }>("SHOW server_version");
  return `PostgreSQL ${rows[0]?.server_version.split(" ", 1)[0] ?? "?"}`;
}
