import type { Transport } from "../core/transport.js";

/** NATS with its JetStream, from 2.9 on. Its client is loaded when a server is named. */
const transport: Transport = {
  name: "nats",
  url: "nats://HOST:4222",
  server: {
    program: "nats-server",
    remedy:
      "for clusters, queues and streams get nats-server (2.9 or later, one binary: https://nats.io/download, or apt install nats-server)",
  },
  client: async () => (await import("./nats/load-client.js")).clientName(),
  open: async (url, credentials) => (await import("./nats/open.js")).openNats(url, credentials),
  openOutgoing: async (url, credentials, options) =>
    (await import("./nats/events/open-outgoing.js")).openOutgoing(url, credentials, options),
  openIncoming: async (url, options) =>
    (await import("./nats/events/open-incoming.js")).openIncoming(url, options),
};

export default transport;
