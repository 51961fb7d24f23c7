import type { ObjectStore } from "../core/objects/object-store.js";

/** The object store of NATS JetStream: a bucket is a stream, an object a message for each 128 KB. */
const store: ObjectStore = {
  name: "nats-objects",
  url: "nats-objects://HOST:4222/BUCKET",
  client: async () => (await import("./nats-objects/load-objects.js")).clientName(),
  open: async (url, credentials) =>
    (await import("./nats-objects/open.js")).openBucket(url, credentials),
};

export default store;
