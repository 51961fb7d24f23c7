/** The process of one worker: takes a plan and ranges, makes parts, and says so. */
import { DiskFullError, firstLine, InputError } from "../../core/errors.js";
import type { FromWorker, ToWorker } from "./messages.js";
import type { Range } from "./plan.js";
import { RunWorker } from "./worker.js";

const PROGRESS_MILLISECONDS = 250;

const coordinator = process.ppid;
const ranges: Range[] = [];
let worker: RunWorker | undefined;
let busy = false;
let finishing = false;
let progressAt = 0;

// Ctrl-C reaches every process of the terminal; ending this one is for its coordinator to decide.
process.on("SIGINT", () => undefined);
// Without a coordinator nobody would enter a part into the manifest. What is open stays unfinished.
process.once("disconnect", () => process.exit());

process.on("message", (message: ToWorker) => {
  switch (message.kind) {
    case "plan":
      void RunWorker.open(message.plan, message.factsPerSecond, {
        finishing: () => finishing,
        abandoned: () => process.ppid !== coordinator,
        onProgress: (progress) => {
          if (performance.now() < progressAt) return;
          progressAt = performance.now() + PROGRESS_MILLISECONDS;
          tell({ kind: "progress", progress });
        },
      }).then((opened) => {
        worker = opened;
        tell({ kind: "ready" });
      }, fail);
      break;
    case "range":
      ranges.push(message.range);
      void work();
      break;
    case "finish":
      finishing = true;
      if (!busy) tell({ kind: "finished" });
      break;
  }
});

async function work(): Promise<void> {
  if (busy || worker === undefined) return;
  busy = true;
  try {
    for (let range = ranges.shift(); range !== undefined && !finishing; range = ranges.shift()) {
      tell({ kind: "part", range, ...(await worker.makePart(range)) });
    }
  } catch (error) {
    fail(error);
  }
  busy = false;
  if (finishing) tell({ kind: "finished" });
}

function fail(error: unknown): void {
  if (process.env["HELLFACT_DEBUG"] === "1") console.error(error);
  let kind: Extract<FromWorker, { kind: "failed" }>["error"] = "other";
  if (error instanceof DiskFullError) kind = "disk-full";
  else if (error instanceof InputError) kind = "input";
  tell({ kind: "failed", error: kind, message: firstLine(error) });
}

function tell(message: FromWorker): void {
  // A channel that closes in this moment leaves nobody to tell.
  process.send?.(message, () => undefined);
}
