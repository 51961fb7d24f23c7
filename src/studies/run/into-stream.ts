/** `hellfact run --sink nats://HOST/STREAM`: facts straight into a stream, each exactly once. */
import type { Command } from "commander";
import { InputError } from "../../core/errors.js";
import type { OutgoingStream } from "../../core/events/outgoing.js";
import { environmentFingerprint } from "../../machine/environment.js";
import {
  probePublishing,
  type ProbeOptions,
  type PublishRound,
} from "../../pipeline/probe-publishing.js";
import { publishSource } from "../../pipeline/publish-source.js";
import { loadPlugin } from "../../plugins/catalog.js";
import { begun } from "../../results/document-type.js";
import { makeRunFolder, saveDocument } from "../../results/save.js";
import { Quantiles } from "../../sketches/index.js";
import { withoutSecrets } from "../../terminal/cluster-options.js";
import { startProgress } from "../../terminal/progress.js";
import type { PublishDocument } from "../publish/document.js";
import { isStreamUrl } from "./from-stream.js";
import type { RunOptions } from "./asked.js";
import { rangeAsked, refuseWhatIsOfFiles, startPassing } from "./past-files.js";
import { listenForInterruption } from "../../terminal/interruption.js";

const REFUSALS = {
  /** What is said of bytes on their way to files, and means nothing to a stream of JSON. */
  ofFiles: new Set([
    ...["codec", "compress", "gzipEngine", "jsonEngine", "roll", "sync", "workers", "rate"],
    ...["inject", "onError", "resume", "check", "cluster", "schema", "lease", "summarise"],
  ]),
  place: "a stream",
  why: "a stream keeps facts as JSON. Leave it out.",
  fromStream:
    "a stream goes into another one by JetStream itself, which sources and mirrors streams; or by way of files.",
};

/** Whether `--sink` names servers, and a stream of theirs. */
export function goesIntoStream({ sink, resume }: RunOptions): boolean {
  return resume === undefined && sink !== undefined && isStreamUrl(sink.place);
}

/** Publishes; returns what became of it, and the folder in which it is saved. */
export async function runIntoStream(
  options: RunOptions,
  command: Command,
): Promise<{ readonly document: PublishDocument; readonly folder: string }> {
  refuseWhatIsOfFiles(options, command, REFUSALS);
  const range = await rangeAsked(options);
  const unit = command.getOptionValueSource("unit") === "cli" ? options.unit : "fact";
  if (unit === "file") {
    throw new InputError(
      "a stream has no files: --unit takes fact, or batch for lines of several.",
    );
  }
  const createdAt = new Date();
  const stream = await openStream(options.sink?.place ?? "", options);
  const interruption = listenForInterruption();
  const progress = startPassing("publishing", "messages", range, options.quiet);
  const latencies = new Quantiles();
  const cpuBefore = process.cpuUsage();
  try {
    const storedBefore = await stream.storedBytes();
    const published = await publishSource({
      ...{ ...range, stream, unit, signal: interruption.signal },
      onKept: (latency) => latencies.add(latency * 1000),
      onProgress: progress.update,
    }).finally(() => progress.stop());
    const wallSeconds = progress.secondsPassed();
    const { user, system } = process.cpuUsage(cpuBefore);
    const { subject, ...figures } = published;
    const { name, address, server, isNew, storage, replicas } = stream;
    const { mostMessageBytes, mostInFlight, cautions } = stream;
    const { source } = range;
    const folder = makeRunFolder(options.out, createdAt);
    const document: PublishDocument = {
      ...begun("publish", 1, createdAt.toISOString()),
      complete: figures.ended !== null,
      command: ["hellfact", ...process.argv.slice(2).map(withoutSecrets)],
      warnings: [...cautions],
      environment: environmentFingerprint([]),
      stream: {
        ...{ name, subject, address, server, isNew, storage, replicas },
        ...{ mostMessageBytes, mostInFlight: { ...mostInFlight } },
      },
      published: {
        ...{ ...figures, unit, wallSeconds },
        source: source.kind === "generator" ? "totalhelldeath" : source.path,
        storedBytes: Math.max(0, (await stream.storedBytes()) - storedBefore),
        clientCpuSeconds: (user + system) / 1e6,
        pingSeconds: await stream.ping(),
        latencyMilliseconds: percentiles(latencies),
      },
    };
    const told = options.verdict
      ? { ...document, alone: await measureAlone({ ...range, stream, unit }, options.quiet) }
      : document;
    saveDocument(options.out, folder, told);
    return { document: told, folder };
  } finally {
    await stream.close();
  }
}

const ROUNDS = 3;
const SECONDS_OF_ROUND = 3;

/** What parts of the way do alone, by turns. */
async function measureAlone(
  what: Omit<ProbeOptions, "rounds" | "onRound">,
  quiet: boolean,
): Promise<PublishRound[]> {
  const progress = startProgress("measuring parts alone", quiet);
  const onRound = (done: number) =>
    progress.update({
      ...{ done: done / ROUNDS, secondsLeft: (ROUNDS - done) * SECONDS_OF_ROUND },
      ...{ stage: "rounds", activity: `${done} of ${ROUNDS}` },
    });
  return probePublishing({ ...what, rounds: ROUNDS, onRound }).finally(() => progress.stop());
}

async function openStream(url: string, options: RunOptions): Promise<OutgoingStream> {
  const stream = await (
    await loadPlugin("transports", "nats")
  ).openOutgoing?.(url, options, options);
  if (stream === undefined) throw new Error("nats keeps streams");
  return stream;
}

function percentiles(latencies: Quantiles): PublishDocument["published"]["latencyMilliseconds"] {
  const [p50, p99] = [latencies.quantile(0.5), latencies.quantile(0.99)];
  return p50 === undefined || p99 === undefined ? null : { p50, p99, max: latencies.max };
}
