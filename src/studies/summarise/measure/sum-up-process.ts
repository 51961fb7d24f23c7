/** A process that sums up what it is given, task after task. */
import { readFileSync } from "node:fs";
import { serve, tellNews } from "../../../process/serve.js";
import { FactSummary } from "../../../summarise/fact-summary.js";
import { questionFromText, Summary } from "../../../summarise/index.js";
import { sumUp } from "./sum-up.js";
import type { Answer, Done, News, Question, Task } from "./task.js";

const NEWS_MILLISECONDS = 250;

/** All that was summed up here. */
let total: Summary | undefined;
/** What one task is summed up in: the same for all, so that memory does not wait for the garbage collector. */
let summary: FactSummary | undefined;
let spentSeconds = 0;

serve(async (question: Question): Promise<Done | Answer> =>
  question.task === null ? answer() : add(question.task, question.text),
);

async function add(task: Task, text: string): Promise<Done> {
  const before = cpuSeconds();
  total ??= new Summary(questionFromText(text));
  const part = (summary ??= new FactSummary(total.question));
  part.clear();
  let told = performance.now();
  const encodedBytes = await sumUp(task, part, () => {
    if (performance.now() < told + NEWS_MILLISECONDS) return;
    told = performance.now();
    tellNews({ facts: part.facts } satisfies News);
  });
  total.merge(part);
  spentSeconds += cpuSeconds() - before;
  return { facts: part.facts, encodedBytes };
}

function answer(): Answer {
  if (total === undefined) throw new Error("there was nothing to sum up");
  return { sketch: total.toBytes(), cpuSeconds: spentSeconds, ...memory() };
}

function memory(): Pick<Answer, "peakMemoryBytes" | "ownMemoryBytes"> {
  const peakMemoryBytes = process.resourceUsage().maxRSS * 1024;
  const shared = sharedBytes();
  return { peakMemoryBytes, ownMemoryBytes: shared === null ? null : peakMemoryBytes - shared };
}

/** proc(5): resident pages of files, which are one for all processes. */
function sharedBytes(): number | null {
  try {
    const kilobytes = /^RssFile:\s+(\d+) kB/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1];
    return kilobytes === undefined ? null : Number(kilobytes) * 1024;
  } catch {
    return null;
  }
}

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}
