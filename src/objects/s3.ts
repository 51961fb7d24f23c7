import type { ObjectStore } from "../core/objects/object-store.js";

/** S3, and what speaks its protocol, by the AWS SDK. */
const store: ObjectStore = {
  name: "s3",
  url: "s3://BUCKET/PREFIX",
  client: async () => (await import("./s3/load-sdk.js")).clientName(),
  open: async (url) => (await import("./s3/open.js")).openBucket(url),
};

export default store;
