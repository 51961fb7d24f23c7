/** What is in a stream of a server that a test has started. */
import { createHash } from "node:crypto";
import { jetstream, jetstreamManager } from "@nats-io/jetstream";
import { connect } from "@nats-io/transport-node";

interface Tools {
  readonly js: ReturnType<typeof jetstream>;
  readonly jsm: Awaited<ReturnType<typeof jetstreamManager>>;
}

/** Does something with a connection of one's own. */
export async function connectedTo<T>(
  url: string,
  action: (tools: Tools) => Promise<T>,
): Promise<T> {
  const connection = await connect({ servers: url.slice("nats://".length).split(",") });
  try {
    return await action({ js: jetstream(connection), jsm: await jetstreamManager(connection) });
  } finally {
    await connection.close();
  }
}

export const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

/** Everything that is in a stream, as lines in its order, and how many messages that are. */
export function contentOf(url: string, stream: string): Promise<{ sum: string; messages: number }> {
  return connectedTo(url, async ({ js, jsm }) => {
    const { state } = await jsm.streams.info(stream);
    const consumer = await js.consumers.get(stream);
    let text = "";
    let messages = 0;
    if (state.messages > 0) {
      for await (const message of await consumer.consume()) {
        const line = message.string();
        text += line.endsWith("\n") ? line : `${line}\n`;
        messages += 1;
        if (messages === state.messages) break;
      }
    }
    return { sum: sha256(text), messages };
  });
}

/** How many messages a stream has; 0 where there is none. */
export async function messagesOf(url: string, stream: string): Promise<number> {
  return connectedTo(url, async ({ jsm }) => (await jsm.streams.info(stream)).state.messages).catch(
    () => 0,
  );
}
