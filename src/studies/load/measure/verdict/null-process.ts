/** A process that is a server which keeps nothing, so that its work is not the client's. */
import { loadStore, type StoreChoice } from "../../../../plugins/load-store.js";
import { serveTask, type Begun } from "../../../../process/serve.js";

serveTask(async ({ store }: { readonly store: StoreChoice }): Promise<Begun> => {
  const server = await (await loadStore(store)).nullServer?.();
  if (server === undefined) throw new Error("this store has no server");
  return {
    answer: { url: server.url },
    handle: (order: "note" | "take") => (order === "take" ? server.take() : server.note()),
  };
});
