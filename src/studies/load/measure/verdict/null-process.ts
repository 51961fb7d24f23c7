/** A process that is a server which keeps nothing, so that its work is not the client's. */
import { firstLine } from "../../../../core/errors.js";
import { loadStore, type StoreChoice } from "../../../../plugins/load-store.js";

process.on("SIGINT", () => undefined);
process.once("disconnect", () => process.exit());
process.once("message", (task: { readonly store: StoreChoice }) => {
  begin(task.store).catch((error: unknown) => process.send?.({ problem: firstLine(error) }));
});

async function begin(choice: StoreChoice): Promise<void> {
  const server = await (await loadStore(choice)).nullServer?.();
  if (server === undefined) throw new Error("this store has no server");
  process.on("message", (order: "note" | "take") => {
    if (order === "note") server.note();
    process.send?.(order === "take" ? server.take() : { done: true });
  });
  process.send?.({ url: server.url });
}
