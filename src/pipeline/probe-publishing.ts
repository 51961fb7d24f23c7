/** What parts of publishing can do alone: facts are made and written as JSON only, or only sent. */
import type { AloneRates, OutgoingStream } from "../core/events/outgoing.js";
import { factsOf } from "../core/ranged-source.js";
import { MessageBatch } from "./message-batch.js";
import type { SourcePlan } from "./run/plan.js";
import { openSource } from "./run/worker/open-source.js";

/** Facts a second. */
export interface PublishRound extends AloneRates {
  /** Facts are made or read, and written as JSON, and go nowhere. */
  readonly source: number;
}

export interface ProbeOptions {
  readonly source: SourcePlan;
  readonly start: number;
  readonly end: number;
  readonly stream: OutgoingStream;
  /** Whether facts go together in lines. */
  readonly unit: "fact" | "batch";
  readonly rounds: number;
  readonly onRound: (done: number) => void;
}

const SECONDS = 0.7;
const SAMPLE_BYTES = 8_000_000;

/** Measures them by turns, as many rounds as are asked for; none where there is no fact. Rejects as the stream does. */
export async function probePublishing(options: ProbeOptions): Promise<PublishRound[]> {
  const { stream, unit, rounds, onRound } = options;
  const found: PublishRound[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const { rate, documents } = await made(options);
    if (documents.length === 0) break;
    const messages = messagesOf(documents, new MessageBatch(unit, stream.mostMessageBytes));
    const factsPerMessage = documents.length / messages.length;
    const alone = await stream.alone(messages, SECONDS);
    found.push({
      source: rate,
      nobody: alone.nobody * factsPerMessage,
      memory: alone.memory * factsPerMessage,
      file: alone.file * factsPerMessage,
    });
    onRound(round + 1);
  }
  return found;
}

/** Makes facts for a while, and keeps the first. */
async function made({ source: plan, start, end }: ProbeOptions) {
  const source = await openSource(plan);
  const documents: string[] = [];
  let bytes = 0;
  let facts = 0;
  const startedAt = performance.now();
  const passed = () => (performance.now() - startedAt) / 1000;
  for await (const fact of factsOf(source, start, end)) {
    if (fact === undefined) continue;
    const document = JSON.stringify(fact);
    facts += 1;
    if (bytes < SAMPLE_BYTES) {
      documents.push(document);
      bytes += document.length;
    }
    if (passed() >= SECONDS) break;
  }
  return { rate: facts / passed(), documents };
}

/** What is not enough for a message counts only where nothing else does. */
function messagesOf(documents: readonly string[], batch: MessageBatch): Buffer[] {
  const found: Buffer[] = [];
  for (const document of documents) {
    if (batch.isFullFor(document)) found.push(batch.take());
    batch.add(document);
    if (batch.isFull) found.push(batch.take());
  }
  if (found.length === 0) found.push(batch.take());
  return found;
}
