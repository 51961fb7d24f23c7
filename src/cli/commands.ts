/** Every command there is, by its name. */
import { studyCommands } from "../studies/registry.js";
import type { CommandEntry } from "../studies/study.js";

/** Commands that are no study. Each file is loaded only when its command is named. */
const OTHERS: Readonly<Record<string, CommandEntry>> = {
  runtimes: {
    summary: "other runtimes to measure under: add, list, remove",
    load: () => import("./runtimes.js"),
  },
  work: {
    summary: "a worker of a cluster, for whatever run there is",
    load: () => import("./work.js"),
  },
  verify: {
    summary: "read every part of a run back",
    load: () => import("./verify.js"),
  },
  generate: { summary: "write facts", load: () => import("./generate.js") },
  shape: {
    summary: "what facts are made of: sizes, values, keys, how well they compress",
    load: () => import("./shape.js"),
  },
  compile: {
    summary: "print or write the JSON writer that a schema compiles to",
    load: () => import("./compile.js"),
  },
  report: {
    summary: "print a comparison again, in another form",
    load: () => import("./report.js"),
  },
  serve: {
    summary: "a page of everything that was measured, on this machine alone, renewed as it grows",
    load: () => import("./serve.js"),
  },
  doctor: {
    summary: "what works on this machine, and why something does not",
    load: () => import("./doctor.js"),
  },
};

export async function allCommands(): Promise<Readonly<Record<string, CommandEntry>>> {
  return { ...(await studyCommands()), ...OTHERS };
}
