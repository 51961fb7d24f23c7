import type {
  Credentials,
  Dispatcher,
  OpenTransport,
  QueueOptions,
  Receiver,
} from "../../core/transport.js";
import { NatsDispatcher } from "./dispatcher.js";
import { openBucket, type Link } from "./link.js";
import { ALL_TASKS, ANNOUNCEMENTS, bucketOf, idOf } from "./names.js";
import { openLink } from "./open-link.js";
import { NatsReceiver } from "./receiver.js";
import { queueEntry } from "./streams.js";
import { announcementIn } from "./wire.js";

/** Queues are announced every second; that one was missed is found by looking. */
const LOOK_MILLISECONDS = 5000;

/** Connects to a server. Rejects as a `Transport` does. */
export async function openNats(url: string, credentials: Credentials): Promise<OpenTransport> {
  const link = await openLink(url, credentials);
  return {
    address: link.address,
    dispatcher: async <Body, Made, News>(queue: QueueOptions) =>
      new NatsDispatcher(link, queue) as unknown as Dispatcher<Body, Made, News>,
    receiver: async <Body, Made, News>(id: string, worker: string) => {
      const entry = await queueEntry(link, id);
      if (entry === undefined) return undefined;
      const bucket = await openBucket(link, bucketOf(id));
      const receiver: unknown = new NatsReceiver(link, id, worker, entry, bucket);
      return receiver as Receiver<Body, Made, News>;
    },
    watch: (onQueue) => watch(link, onQueue),
    close: () => link.connection.close(),
  };
}

function watch({ connection, jsm }: Link, onQueue: (id: string) => void): () => void {
  const announcements = connection.subscribe(ANNOUNCEMENTS, {
    callback: (error, message) => {
      const announced = error === null ? announcementIn(message.data) : undefined;
      if (announced !== undefined) onQueue(announced.id);
    },
  });
  const look = async () => {
    try {
      for await (const stream of jsm.streams.names(ALL_TASKS)) {
        const id = idOf(stream);
        if (id !== undefined) onQueue(id);
      }
    } catch {
      // servers that do not answer now are asked again
    }
  };
  void look();
  const timer = setInterval(() => void look(), LOOK_MILLISECONDS);
  return () => {
    clearInterval(timer);
    announcements.unsubscribe();
  };
}
