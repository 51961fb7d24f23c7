import { connect, createServer, type Server, type Socket } from "node:net";

/** Stands between a worker and a server, and drops what goes either way while it is cut. */
export class Proxy {
  cut = false;
  private port = 0;
  private readonly sockets = new Set<Socket>();
  private readonly server: Server;

  /** @param url of one server, `nats://127.0.0.1:4222`, or the first of several */
  constructor(url: string) {
    const target = Number(/:(\d+)/.exec(url.slice("nats:".length))?.[1]);
    this.server = createServer((near) => {
      const far = connect(target, "127.0.0.1");
      for (const [from, to] of [
        [near, far],
        [far, near],
      ] as const) {
        this.sockets.add(from);
        from.on("data", (data) => {
          if (!this.cut) to.write(data);
        });
        from.on("error", () => undefined);
        from.on("close", () => {
          this.sockets.delete(from);
          to.destroy();
        });
      }
    });
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    const address = this.server.address();
    this.port = typeof address === "object" && address !== null ? address.port : 0;
  }

  get url(): string {
    return `nats://127.0.0.1:${this.port}`;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
