/** What everything that speaks to JetStream needs. */
import type { JetStreamClient, JetStreamManager } from "@nats-io/jetstream";
import type { KV } from "@nats-io/kv";
import type { NatsConnection } from "@nats-io/transport-node";
import type { Client } from "./load-client.js";

export interface Link {
  readonly connection: NatsConnection;
  readonly client: Client;
  readonly js: JetStreamClient;
  readonly jsm: JetStreamManager;
  readonly address: string;
}

export function openBucket({ client, js }: Link, name: string): Promise<KV> {
  return new client.kv.Kvm(js).open(name);
}
