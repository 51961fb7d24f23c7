/** Who has done which task: read from a bucket as it grows, and from its beginning whenever there is doubt. */
import { setTimeout } from "node:timers/promises";
import type { Link } from "./link.js";
import { claimIn, type ClaimEntry } from "./wire.js";
import { bucketOf, bucketStreamOf, claimSubjects } from "./names.js";
import { persist } from "./persist.js";
import { positionOf, Pulls, type PullEnd } from "./pulls.js";

const BATCH = 256;
const WAIT_MILLISECONDS = 2000;
const PAUSE_MILLISECONDS = 200;
const FORGOTTEN_NANOSECONDS = 60e9;

export class Claims {
  private consumer: string | undefined;
  private consumerSequence = 0;
  /** In the bucket's stream, of the last claim that was heard. */
  private sequence = 0;
  private isStopped = false;
  private readonly pulls: Pulls;
  private listening: Promise<void> | undefined;

  constructor(
    private readonly link: Link,
    private readonly id: string,
    private readonly onClaim: (key: string, claim: ClaimEntry) => void,
  ) {
    this.pulls = new Pulls(link.connection, link.client.core.createInbox);
  }

  /** Resolves when all claims that are there have been told. Then goes on. */
  async start(): Promise<void> {
    while (!this.isStopped && (await this.read(0)) !== "nothing");
    this.listening = this.listen();
  }

  /** Something may have been missed. */
  startOver(): void {
    this.sequence = 0;
    this.consumer = undefined;
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    this.pulls.close();
    const { consumer, link, id } = this;
    if (consumer !== undefined) {
      await link.jsm.consumers.delete(bucketStreamOf(id), consumer).catch(() => undefined);
    }
    await Promise.race([this.listening, setTimeout(PAUSE_MILLISECONDS)]);
  }

  private async listen(): Promise<void> {
    while (!this.isStopped) await this.read(WAIT_MILLISECONDS);
  }

  private async read(waitMilliseconds: number): Promise<PullEnd> {
    try {
      this.consumer ??= await persist(
        () => this.makeConsumer(),
        () => !this.isStopped,
      );
    } catch {
      await setTimeout(PAUSE_MILLISECONDS);
      return "gone";
    }
    const { consumer } = this;
    const end = await this.pulls.pull(
      { stream: bucketStreamOf(this.id), consumer, batch: BATCH, waitMilliseconds },
      (message) => {
        if (this.consumer !== consumer || message.reply === undefined) return;
        const { sequence, consumerSequence } = positionOf(message.reply);
        this.consumerSequence += 1;
        // One was lost on its way.
        if (consumerSequence !== this.consumerSequence) {
          this.consumer = undefined;
          return;
        }
        this.sequence = sequence;
        if (message.data.length === 0) return;
        const key = message.subject.slice(`$KV.${bucketOf(this.id)}.claim.`.length);
        const claim = claimIn(message.data);
        if (claim !== undefined) this.onClaim(key, claim);
      },
    );
    if (end === "gone" || end === "silence") {
      if (this.consumer === consumer) this.consumer = undefined;
      if (!this.isStopped) await setTimeout(PAUSE_MILLISECONDS);
    }
    return end;
  }

  private async makeConsumer(): Promise<string> {
    const { AckPolicy, DeliverPolicy } = this.link.client.jetstream;
    this.consumerSequence = 0;
    const { name } = await this.link.jsm.consumers.add(bucketStreamOf(this.id), {
      ack_policy: AckPolicy.None,
      deliver_policy: DeliverPolicy.StartSequence,
      opt_start_seq: this.sequence + 1,
      filter_subject: claimSubjects(this.id),
      inactive_threshold: FORGOTTEN_NANOSECONDS,
      mem_storage: true,
      num_replicas: 1,
    });
    return name;
  }
}
