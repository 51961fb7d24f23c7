/** A process that sums up what it is given, task after task. */
import { readFileSync } from "node:fs";
import { serve, tellNews } from "../../../process/serve.js";
import { FactSummary } from "../../../summarise/fact-summary.js";
import { questionFromText } from "../../../summarise/index.js";
import { sumUp } from "./sum-up.js";
import type { Answer, News, Question } from "./task.js";

const NEWS_MILLISECONDS = 250;

let last: FactSummary | undefined;

serve(async ({ task, text }: Question): Promise<Answer> => {
  const before = cpuSeconds();
  const summary = emptySummary(text);
  let told = performance.now();
  const encodedBytes = await sumUp(task, summary, () => {
    if (performance.now() < told + NEWS_MILLISECONDS) return;
    told = performance.now();
    tellNews({ facts: summary.facts } satisfies News);
  });
  return {
    sketch: summary.toBytes(),
    encodedBytes,
    cpuSeconds: cpuSeconds() - before,
    ...memory(),
  };
});

/** The one before, where it is of the same question: so memory does not wait for the garbage collector. */
function emptySummary(text: string): FactSummary {
  if (last?.question.text === text) last.clear();
  else last = new FactSummary(questionFromText(text));
  return last;
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
