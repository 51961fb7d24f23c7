/** What everything that speaks to JetStream needs. */
import type { JetStreamClient, JetStreamManager } from "@nats-io/jetstream";
import type { KV } from "@nats-io/kv";
import type { NatsConnection } from "@nats-io/transport-node";
import type { Failure } from "../../core/transport.js";
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

/** What workers tell of a lease. */
export interface LeaseReport {
  readonly event: "begun" | "failed" | "released";
  readonly key: string;
  readonly stage: string;
  readonly delivery: number;
  readonly sequence: number;
  readonly worker: string;
  readonly failure?: Failure;
}

/** What the coordinator tells all workers. */
export interface Orders {
  readonly order: "more" | "finish" | "ended";
}

/** Who has done a task, and what came of it. */
export interface ClaimEntry {
  readonly made: unknown;
  readonly worker: string;
  /** No other attempt has it. */
  readonly token: string;
}

/** What a bucket says of its queue. */
export interface QueueEntry {
  readonly about: unknown;
  readonly stages: readonly string[];
  readonly leaseSeconds: number;
}

export function parsed(data: Uint8Array): unknown {
  return JSON.parse(new TextDecoder().decode(data));
}
