/** All cores sum up an input, each task in one of some processes, and what they find is merged. */
import { usableCores } from "../../../machine/environment.js";
import { errorOf } from "../../../process/failure.js";
import { Client } from "../../../process/client.js";
import { HellfactError } from "../../../core/errors.js";
import { Summary, type Question } from "../../../summarise/index.js";
import { compileLate } from "../compile-late.js";
import type { Answer, Done, News, Question as Asked, Task } from "./task.js";

/** A process that says nothing for so long is not at work any more. */
const PATIENCE_SECONDS = 120;

/**
 * Nearly all that is made is used at once and never again: little room for it, and no threads that clear it up. Most
 * work is WebAssembly's, so that little else is worth compiling better.
 */
const FLAGS = [
  ...["--max-semi-space-size=1", "--v8-pool-size=0"],
  ...compileLate({ bytecodeBytes: 600_000, calls: 30_000 }),
];

export interface SummariseOptions {
  readonly question: Question;
  readonly tasks: readonly Task[];
  readonly workers: number | undefined;
  readonly signal: AbortSignal;
  /** Called a few times a second. */
  readonly onProgress: (done: { readonly tasks: number; readonly facts: number }) => void;
}

export interface Summarised {
  readonly summary: Summary;
  /** Processes that were at work. */
  readonly workers: number;
  readonly encodedBytes: number;
  readonly cpuSeconds: number;
  /** Of the process that took most; and without what all processes of Node share, where that can be seen. */
  readonly peakMemoryBytes: number;
  readonly ownMemoryBytes: number | null;
}

/**
 * Sums up tasks, each of which is read once; in what order they come makes no difference.
 *
 * Rejects with what is wrong with an input, and with a `HellfactError` where `signal` aborts.
 */
export async function summariseTasks(options: SummariseOptions): Promise<Summarised> {
  const { question, tasks, signal, onProgress } = options;
  const workers = Math.min(options.workers ?? usableCores(), tasks.length);
  const summary = new Summary(question);
  const left = [...tasks];
  const totals = {
    encodedBytes: 0,
    cpuSeconds: 0,
    peakMemoryBytes: 0,
    ownMemoryBytes: null as number | null,
  };
  const done = { tasks: 0, facts: 0 };
  const open = new Map<number, number>();
  const tell = () => {
    const facts = [...open.values()].reduce((sum, count) => sum + count, done.facts);
    onProgress({ tasks: done.tasks, facts });
  };
  const clients: Client[] = [];
  const work = async (number: number): Promise<void> => {
    const client = new Client(new URL("./sum-up-process.js", import.meta.url), {
      stdin: "inherit", // one of them may have to read it
      flags: FLAGS,
      isAlone: !tasks.some(hasOwn),
      onNews: (news) => {
        open.set(number, (news as News).facts);
        tell();
      },
    });
    clients.push(client);
    const ask = async <Reply>(asked: Asked, name: string): Promise<Reply> => {
      const told = await client.ask<Reply>(asked, { patienceSeconds: PATIENCE_SECONDS, signal });
      if ("answer" in told) return told.answer;
      if (signal.aborted) throw new HellfactError("interrupted.", { cause: signal.reason });
      throw told.failure === undefined
        ? new HellfactError(`${name} could not be summed up: ${told.reason}.`)
        : errorOf(told.failure);
    };
    let name = "";
    for (let task = left.shift(); task !== undefined; task = left.shift()) {
      name = nameOf(task);
      const { facts, encodedBytes } = await ask<Done>({ task, text: question.text }, name);
      totals.encodedBytes += encodedBytes;
      done.tasks += 1;
      done.facts += facts;
      open.delete(number);
      tell();
    }
    const { sketch, cpuSeconds, peakMemoryBytes, ownMemoryBytes } = await ask<Answer>(
      { task: null },
      name,
    );
    summary.merge(Summary.fromBytes(sketch));
    totals.cpuSeconds += cpuSeconds;
    totals.peakMemoryBytes = Math.max(totals.peakMemoryBytes, peakMemoryBytes);
    if (ownMemoryBytes !== null) {
      totals.ownMemoryBytes = Math.max(totals.ownMemoryBytes ?? 0, ownMemoryBytes);
    }
  };
  try {
    await Promise.all(Array.from({ length: workers }, (_, number) => work(number)));
  } finally {
    await Promise.all(clients.map((client) => client.closed()));
  }
  return { summary, workers, ...totals };
}

/** A codec or a compressor of somebody's own may speak to whom it likes. */
function hasOwn(task: Task): boolean {
  return task.kind === "part" && Object.values(task.own).some((file) => file !== undefined);
}

function nameOf(task: Task): string {
  if (task.kind === "part") return `${task.folder}/${task.part.file}`;
  return task.path === "-" ? "standard input" : task.path;
}
