/** Where jobs come from: a file that may change, or lines that come. */
import { readFileSync, statSync } from "node:fs";
import { basename, dirname, extname, join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { firstLine, InputError } from "../../core/errors.js";
import { usableCores } from "../../machine/environment.js";
import type { JobDefinition } from "./model/definition.js";
import { readJobsFile } from "./model/jobs-file.js";
import { definitionInRow, lineJob, withPermits, type Permits } from "./model/lines.js";
import { asWord, planOf } from "./model/plan-of.js";
import { jobName, type Plan } from "./model/plan.js";
import { pairsDefinition } from "./model/pairs.js";
import { expandParts } from "./model/parts.js";
import { checksumOf } from "./pairs/distance.js";
import type { QueueOptions } from "./options.js";
import { placesOf } from "./places.js";
import { readingProblem } from "../../sources/file-bytes.js";
import { withoutSecrets } from "../../terminal/cluster-options.js";

export interface JobSource {
  /** The file, or what they came from. */
  readonly name: string;
  /** Where jobs run. */
  readonly directory: string;
  /** Where it is kept which are done, where that has a place of its own. */
  readonly state: string | undefined;
  readonly plan: Plan;
  readonly isOpen: boolean;
  /** Lines that were wrong. */
  readonly refused: number;
  /** @param onChange there is another plan, or it is not open any more @param onProblem what is wrong with it */
  watch(onChange: () => void, onProblem: (text: string) => void): () => void;
}

/** What the command line says of jobs, beside a file. */
type AskedJobs = Pick<
  QueueOptions,
  "stages" | "parts" | "preset" | "samples" | "distance" | "store" | "range" | "state" | "out"
>;

const LOOK_MILLISECONDS = 500;

/** Opens what is named. Rejects with an `InputError` for what is wrong. */
export function openSource(file: string | undefined, options: AskedJobs): JobSource {
  const { stages, parts, preset } = options;
  if (preset === "pairs") return pairsSource(file, options);
  const ofPairs = (["samples", "distance", "store", "range"] as const).find(
    (name) => options[name] !== undefined,
  );
  if (ofPairs !== undefined) {
    throw new InputError(`--${ofPairs} is for --preset pairs: leave it out, or name that.`);
  }
  if (file !== undefined) {
    if (parts !== undefined)
      throw new InputError(`--parts: ${file} says which there are: leave it out.`);
    return fileSource(file, stages ?? new Map(), options);
  }
  if (stages === undefined) {
    throw new InputError(
      "there is nothing to do: name a file of jobs, or --stages import=2,transform=5 with jobs as lines of standard input.",
    );
  }
  return parts === undefined
    ? lineSource(stages, options)
    : partsSource(stages, expandParts(parts), options);
}

function partsSource(stages: Permits, parts: readonly string[], options: AskedJobs): JobSource {
  const state = resolve("stages.queue");
  const places = placesOf(process.cwd(), undefined, options.state ?? state, options.out);
  const plan = planOf(definitionInRow(stages, parts, [], false), places);
  return {
    ...{ name: `--stages ${[...stages].map(([name, count]) => `${name}=${count}`).join(",")}` },
    ...{ directory: process.cwd(), state, plan, isOpen: false, refused: 0 },
    watch: () => () => undefined,
  };
}

function pairsSource(file: string | undefined, options: AskedJobs): JobSource {
  const { samples, distance, store = "sqlite:pairs.db", range, stages, parts } = options;
  if (file !== undefined || parts !== undefined) {
    throw new InputError("--preset pairs has jobs of its own: leave out the file and --parts.");
  }
  if (samples === undefined) throw new InputError("--preset pairs needs --samples, such as 2200.");
  if (distance === undefined) {
    throw new InputError("--preset pairs needs --distance ./distance.js, of two samples.");
  }
  // Passwords are not put into a journal: jobs have them from the environment.
  const told = withoutSecrets(store);
  if (told !== store) process.env["STORE"] = store;
  const definition = pairsDefinition({
    ...{ samples, range, permits: usableCores(), sha256: checksumOf(distance) },
    distance: asWord(distance),
    store: told === store ? asWord(store) : `"\${STORE:-${told}}"`,
  });
  const state = resolve("pairs.queue");
  const places = placesOf(process.cwd(), undefined, options.state ?? state, options.out);
  return {
    ...{ name: `${samples} samples' pairs`, directory: process.cwd(), isOpen: false, refused: 0 },
    state,
    plan: planOf(withPermits(definition, stages ?? new Map()), places),
    watch: () => () => undefined,
  };
}

function fileSource(file: string, permits: Permits, options: AskedJobs): JobSource {
  const directory = dirname(resolve(file));
  const state = join(directory, `${basename(file, extname(file))}.queue`);
  const places = placesOf(directory, file, options.state ?? state, options.out);
  const read = () =>
    planOf(withPermits(readJobsFile(file, jobsText(file), usableCores()), permits), places);
  const stamp = () => {
    const { mtimeMs, size, ino } = statSync(file, { throwIfNoEntry: false }) ?? {};
    return `${mtimeMs} ${size} ${ino}`;
  };
  // What is changed while it is read is read again.
  let seen = stamp();
  let plan = read();
  return {
    ...{ name: file, directory, state, isOpen: false, refused: 0 },
    get plan() {
      return plan;
    },
    watch: (onChange, onProblem) => {
      const timer = setInterval(() => {
        const now = stamp();
        if (now === seen) return;
        seen = now;
        try {
          plan = read();
        } catch (error) {
          onProblem(`${firstLine(error)} What it said before still holds.`);
          return;
        }
        onChange();
      }, LOOK_MILLISECONDS);
      return () => clearInterval(timer);
    },
  };
}

/** The text of a file of jobs. Throws an `InputError` where it cannot be read. */
export function jobsText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw readingProblem(file, error);
  }
}

function lineSource(stages: Permits, options: AskedJobs): JobSource {
  const places = placesOf(process.cwd(), undefined, options.state, options.out);
  const jobs: JobDefinition[] = [];
  const names = [...stages.keys()];
  const seen = new Set<string>();
  let isOpen = true;
  let refused = 0;
  let plan: Plan | undefined;
  const made = () => (plan ??= planOf(definitionInRow(stages, [], jobs, true), places));
  if (process.stdin.isTTY) {
    throw new InputError(
      "standard input is a terminal: name a file of jobs, or pipe lines such as import/monday ./import monday into it.",
    );
  }
  return {
    ...{ name: "standard input", directory: process.cwd(), state: undefined },
    get plan() {
      return made();
    },
    get isOpen() {
      return isOpen;
    },
    get refused() {
      return refused;
    },
    watch: (onChange, onProblem) => {
      const lines = createInterface({ input: process.stdin });
      let number = 0;
      let isTold = false;
      const tell = () => {
        if (isTold) return;
        isTold = true;
        // Many lines come at once.
        setImmediate(() => {
          isTold = false;
          onChange();
        });
      };
      lines.on("line", (line) => {
        number += 1;
        try {
          const job = lineJob(line, `standard input line ${number}`, names);
          if (job === undefined) return;
          planOf(definitionInRow(stages, [], [job], true), places);
          const name = jobName({ stage: job.stage, part: job.part ?? job.run });
          if (seen.has(name)) job.refuse(`there is a job ${name} already. Give it another part.`);
          seen.add(name);
          jobs.push(job);
          plan = undefined;
          tell();
        } catch (error) {
          refused += 1;
          onProblem(firstLine(error));
        }
      });
      lines.once("close", () => {
        isOpen = false;
        tell();
      });
      return () => {
        lines.close();
        process.stdin.destroy();
      };
    },
  };
}
