/** PostgreSQL for tests: the server that is there, or none; and servers of a test's own. */
import { execFileSync } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer, type AddressInfo } from "node:net";
import pg from "pg";

const SHARED = process.env["HELLFACT_POSTGRES"] ?? "postgres://postgres@127.0.0.1:5432/test";

/** The URL of a server with a schema that only this test has, or `undefined` where none answers. */
export async function ownSchema(): Promise<
  { readonly url: string; readonly drop: () => Promise<void> } | undefined
> {
  const client = new pg.Client({ connectionString: SHARED, connectionTimeoutMillis: 3_000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
  } catch {
    return undefined;
  }
  const schema = `hellfact_test_${process.pid}_${Math.random().toString(36).slice(2, 8)}`;
  await client.query(`CREATE SCHEMA ${schema}`);
  return {
    url: `${SHARED}?options=${encodeURIComponent(`-c search_path=${schema}`)}`,
    drop: async () => {
      await client.query(`DROP SCHEMA ${schema} CASCADE`);
      await client.end();
    },
  };
}

/** A server that a test started and may kill. */
export interface OwnServer {
  readonly url: string;
  readonly port: number;
  start(): void;
  /** `immediate` is what a loss of power is to it. */
  stop(mode: "fast" | "immediate"): void;
  /** Stops it and takes its files away. */
  end(): void;
}

/** Makes a server of its own, or says why there can be none. */
export async function ownServer(settings: readonly string[] = []): Promise<OwnServer | string> {
  const bin = programs();
  if (bin === undefined) return "initdb and pg_ctl are not installed";
  const folder = mkdtempSync(join(tmpdir(), "hellfact-postgres-"));
  const user = process.getuid?.() === 0 ? (["postgres", "nobody"].find(exists) ?? "") : undefined;
  if (user === "") return "postgres refuses root, and there is no other user to be";
  if (user !== undefined) {
    chownSync(folder, idOf(user, "-u"), idOf(user, "-g"));
  }
  const run = (program: string, words: readonly string[]) => {
    const path = join(bin, program);
    const options = { stdio: "ignore" as const, cwd: folder };
    if (user === undefined) execFileSync(path, words, options);
    else
      execFileSync(
        "setpriv",
        [`--reuid=${user}`, `--regid=${idOf(user, "-g")}`, "--clear-groups", path, ...words],
        options,
      );
  };
  const data = join(folder, "data");
  run("initdb", [
    "-D",
    data,
    "-U",
    "postgres",
    "-A",
    "trust",
    "--no-sync",
    "-E",
    "UTF8",
    "--locale=C",
  ]);
  const port = await freePort();
  const flags = [
    `-p ${port}`,
    "-h 127.0.0.1",
    `-k ${folder}`,
    ...settings.map((one) => `-c ${one}`),
  ];
  const server: OwnServer = {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    port,
    start: () =>
      run("pg_ctl", ["-D", data, "-l", join(folder, "log"), "-o", flags.join(" "), "-w", "start"]),
    stop: (mode) => run("pg_ctl", ["-D", data, "-m", mode, "-w", "stop"]),
    end: () => {
      try {
        server.stop("immediate");
      } catch {
        // it was stopped already
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
  server.start();
  return server;
}

/** The newest folder that has the programs. */
function programs(): string | undefined {
  const root = "/usr/lib/postgresql";
  const versions = existsSync(root) ? readdirSync(root) : [];
  return versions
    .toSorted((a, b) => Number(b) - Number(a))
    .map((version) => join(root, version, "bin"))
    .find((folder) => existsSync(join(folder, "initdb")) && existsSync(join(folder, "pg_ctl")));
}

function exists(user: string): boolean {
  try {
    idOf(user, "-u");
    return true;
  } catch {
    return false;
  }
}

function idOf(user: string, which: "-u" | "-g"): number {
  return Number(
    execFileSync("id", [which, user], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }),
  );
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
