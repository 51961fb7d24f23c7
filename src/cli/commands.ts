/** Every command there is, by its name. */
import { Command } from "commander";
import { loadAny, studyCommands } from "../studies/registry.js";
import type { CommandEntry, OtherStudies } from "../studies/study.js";

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
  "fetch-parts": {
    summary: "bring the parts of a run from an object store into a folder",
    load: () => import("./fetch-parts.js"),
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
    summary: "print results again, in another form",
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
  completion: {
    summary: "a script that completes commands and options in bash, zsh or fish",
    load: () => import("./completion.js"),
  },
  man: { summary: "the manual page", load: () => import("./man.js") },
};

/** What commands may ask of all the others. */
export const OTHER_STUDIES: OtherStudies = { loadAny, commands: configuredCommands };

export async function allCommands(): Promise<Readonly<Record<string, CommandEntry>>> {
  return { ...(await studyCommands()), ...OTHERS };
}

/** Every command with its options, for what tells of all of them. */
async function configuredCommands(): Promise<readonly Command[]> {
  return Promise.all(
    Object.entries(await allCommands()).map(async ([name, { summary, load }]) => {
      const command = new Command(name).description(summary);
      return (await load()).configure(command, OTHER_STUDIES);
    }),
  );
}
