/** Servers of NATS that a test starts, and may kill: one, or a cluster of three. */
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";

export interface OwnNats {
  /** Of all its servers. */
  readonly url: string;
  readonly folder: string;
  /** The process of a server that runs. */
  pid(server: number): number;
  /** Ends a server at once, as a loss of power does. */
  kill(server: number): Promise<void>;
  start(server: number): Promise<void>;
  /** Ends all of them and takes their files away. */
  end(): Promise<void>;
}

/** Starts servers, or says why there can be none. @param settings lines for each server's configuration */
export async function ownNats(servers = 1, settings = ""): Promise<OwnNats | string> {
  if (spawnSync("nats-server", ["--version"]).error !== undefined) {
    return "nats-server is not installed";
  }
  const folder = mkdtempSync(join(tmpdir(), "hellfact-nats-"));
  const ports = await freePorts(servers * 2);
  const clients = ports.slice(0, servers);
  const routes = ports.slice(servers);
  const running: (ChildProcess | undefined)[] = [];
  for (const [index, port] of clients.entries()) {
    const lines = [
      `server_name: n${index + 1}`,
      `listen: 127.0.0.1:${port}`,
      `jetstream { store_dir: "${join(folder, `store-${index + 1}`)}" }`,
      ...(servers > 1
        ? [
            `cluster { name: test, listen: 127.0.0.1:${routes[index]}, routes: [${routes
              .map((route) => `"nats://127.0.0.1:${route}"`)
              .join(", ")}] }`,
          ]
        : []),
      settings,
    ];
    writeFileSync(join(folder, `${index + 1}.conf`), lines.join("\n"));
  }
  const nats: OwnNats = {
    url: `nats://${clients.map((port) => `127.0.0.1:${port}`).join(",")}`,
    folder,
    pid: (server) => running[server]?.pid ?? 0,
    kill: async (server) => {
      const child = running[server];
      running[server] = undefined;
      if (child === undefined || child.exitCode !== null) return;
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGKILL");
      await ended;
    },
    start: async (server) => {
      const child = spawn("nats-server", ["-c", join(folder, `${server + 1}.conf`)], {
        stdio: "ignore",
      });
      running[server] = child;
      while (!(await answers(clients[server] ?? 0))) await setTimeout(20);
    },
    end: async () => {
      for (const [server] of running.entries()) await nats.kill(server);
      rmSync(folder, { recursive: true, force: true });
    },
  };
  for (const [server] of clients.entries()) await nats.start(server);
  return nats;
}

async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise<ReturnType<typeof createServer>>((resolve) => {
          const server = createServer().listen(0, "127.0.0.1", () => resolve(server));
        }),
    ),
  );
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(
    servers.map((server) => new Promise((resolve) => server.close(() => resolve(undefined)))),
  );
  return ports;
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1")
      .once("data", () => {
        socket.destroy();
        resolve(true);
      })
      .once("error", () => resolve(false));
  });
}
