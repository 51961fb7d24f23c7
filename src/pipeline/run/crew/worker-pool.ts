/** The processes of a run: started, told, heard, and ended. Nothing else of a run knows of processes. */
import { HellfactError } from "../../../core/errors.js";
import { Client } from "../../../process/client.js";
import type { FromWorker, ToWorker } from "../messages.js";

/** A worker, as whoever drives it sees it. */
export interface PoolWorker {
  tell(message: ToWorker): void;
  /** Ends its process at once. */
  close(): void;
}

/** What a worker said, or how it ended: `(signal SIGKILL)`, with the reason that it gave. */
export type PoolEvent =
  | { readonly kind: "message"; readonly worker: PoolWorker; readonly message: FromWorker }
  | { readonly kind: "ended"; readonly worker: PoolWorker; readonly cause: string }
  | { readonly kind: "not started"; readonly error: HellfactError };

export class WorkerPool {
  private readonly clients = new Set<Client>();

  constructor(private readonly onEvent: (event: PoolEvent) => void) {}

  start(): PoolWorker {
    const client = new Client(new URL("../worker/worker-process.js", import.meta.url), {
      // One worker may have to read the facts from there.
      stdin: "inherit",
      onNews: (news) =>
        this.onEvent({ kind: "message", worker: client, message: news as FromWorker }),
    });
    this.clients.add(client);
    void client.ended.then(({ how, text }) => {
      this.clients.delete(client);
      this.onEvent(
        client.pid === undefined
          ? { kind: "not started", error: new HellfactError(text) }
          : { kind: "ended", worker: client, cause: how },
      );
    });
    return client;
  }

  /** Ends all workers and waits until they are gone. */
  async stop(): Promise<void> {
    await Promise.all([...this.clients].map((client) => client.closed()));
  }
}
