/** The process of one worker: takes a plan and ranges, makes parts, and says so. */
import { DiskFullError, firstLine, InputError } from "../../../core/errors.js";
import type { FromWorker, ToWorker } from "../messages.js";
import { listen } from "../../../process/serve.js";
import { PauseGate } from "./pause-gate.js";
import type { Range } from "../plan.js";
import { SliceRecorder } from "./slice-recorder.js";
import { RunWorker, type FilledPart } from "./worker.js";

const PROGRESS_MILLISECONDS = 250;

type Assigned = Extract<ToWorker, { kind: "range" }>;

const coordinator = process.ppid;
const ranges: Assigned[] = [];
let worker: RunWorker | undefined;
let busy = false;
/** Aborted when the open part is to be ended where it is. */
const finish = new AbortController();
let progressAt = 0;
const slice = new SliceRecorder();
const gate = new PauseGate(() => {
  const done = worker?.done ?? { facts: 0, storedBytes: 0 };
  void slice.end(done).then((ended) => tell({ kind: "paused", slice: busy ? ended : null }));
});
/** The part before the one that is being filled, on the way to its place. */
let closing = Promise.resolve();

// Without a coordinator nobody would enter a part into the manifest: what is open then stays unfinished.
const tell: (message: FromWorker) => void = listen((message: ToWorker) => {
  switch (message.kind) {
    case "plan":
      void RunWorker.open(message.plan, message.own, message.conditions, {
        signal: finish.signal,
        pausePoint: message.conditions.probing ? pausePoint : undefined,
        abandoned: () => process.ppid !== coordinator,
        onProgress: tellProgress,
      }).then((opened) => {
        worker = opened;
        tell({ kind: "ready" });
      }, fail);
      break;
    case "range":
      ranges.push(message);
      void work();
      break;
    case "finish":
      finish.abort();
      if (!busy) tell({ kind: "finished" });
      break;
    case "pause":
      gate.request();
      if (!busy) void gate.pass();
      break;
    case "probe":
      void (worker?.probe(message.probe) ?? Promise.resolve(null)).then(
        (probed) => tell({ kind: "probed", probe: message.probe, probed }),
        fail,
      );
      break;
    case "resume":
      slice.release();
      gate.release();
      break;
  }
});

async function work(): Promise<void> {
  if (busy || worker === undefined) return;
  busy = true;
  try {
    do {
      for (let next = nextRange(); next !== undefined; next = nextRange()) {
        const { range, staging } = next;
        tell({ kind: "begun", range });
        const filled = await worker.fillPart(range, staging);
        // One part goes to its place while the next is filled; a third would have to wait.
        await worker.waitToWrite(closing);
        closing = place(worker, range, filled);
        closing.catch(fail);
      }
      await closing;
      // Meanwhile there may be more to do.
    } while (ranges.length > 0 && !finish.signal.aborted);
    if (finish.signal.aborted) tell({ kind: "finished" });
  } catch (error) {
    fail(error);
  }
  busy = false;
  void gate.pass();
}

/** After a batch: a slice begins, or ends if the coordinator has asked for a pause. */
async function pausePoint(): Promise<void> {
  if (worker === undefined) return;
  // Whoever was idle when all were to stand still stands still as soon as there is something to do.
  if (slice.isOpen || gate.isHeld) await gate.pass();
  else slice.begin(worker.done);
}

/** Says a few times a second how far it is. */
function tellProgress(): void {
  if (worker === undefined || performance.now() < progressAt) return;
  progressAt = performance.now() + PROGRESS_MILLISECONDS;
  tell({ kind: "progress", progress: worker.progress() });
}

function nextRange(): Assigned | undefined {
  return finish.signal.aborted ? undefined : ranges.shift();
}

async function place(by: RunWorker, range: Range, filled: FilledPart): Promise<void> {
  await filled.close();
  const { part, sourceEnded } = filled;
  tell({ kind: "part", range, part, sourceEnded, progress: by.progress() });
}

function fail(error: unknown): void {
  if (process.env["HELLFACT_DEBUG"] === "1") console.error(error);
  let kind: Extract<FromWorker, { kind: "failed" }>["error"] = "other";
  if (error instanceof DiskFullError) kind = "disk-full";
  else if (error instanceof InputError) kind = "input";
  tell({ kind: "failed", error: kind, message: firstLine(error) });
}
