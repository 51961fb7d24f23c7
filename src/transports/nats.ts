import type { Transport } from "../core/transport.js";

/** NATS with its JetStream, from 2.9 on. Its client is loaded when a server is named. */
const transport: Transport = {
  name: "nats",
  url: "nats://HOST:4222",
  open: async (url, credentials) => (await import("./nats/open.js")).openNats(url, credentials),
  openOutgoing: async (url, credentials, options) =>
    (await import("./nats/events/open-outgoing.js")).openOutgoing(url, credentials, options),
  openIncoming: async (url, options) =>
    (await import("./nats/events/open-incoming.js")).openIncoming(url, options),
};

export default transport;
