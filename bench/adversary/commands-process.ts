/** Carries out one command line after another in one process, as the program would each in its own. */
import { factCheck } from "../../src/schema/check.js";
import { complain, runWords } from "../../src/cli/program.js";
import { forTerminal } from "../../src/core/foreign-text.js";
import type { Fact } from "../../src/core/fact.js";
import type { JsonSchema } from "../../src/core/json-schema.js";

export interface Task {
  readonly folder: string;
  readonly words?: readonly string[];
  readonly check?: { readonly schema: unknown; readonly facts: readonly unknown[] };
}

export interface Done {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

process.setMaxListeners(0);
process.once("disconnect", () => process.exit());
process.on("message", (task: Task) => void carryOut(task));

async function carryOut({ folder, words, check }: Task): Promise<void> {
  process.chdir(folder);
  process.exitCode = 0;
  const heard = { stdout: "", stderr: "" };
  const real = {
    stdout: process.stdout.write.bind(process.stdout),
    stderr: process.stderr.write.bind(process.stderr),
  };
  for (const name of ["stdout", "stderr"] as const) {
    process[name].write = (text: string | Uint8Array) => {
      heard[name] += typeof text === "string" ? text : Buffer.from(text).toString();
      return true;
    };
  }
  const code = check === undefined ? await runWords(words ?? []) : checked(check);
  for (const name of ["stdout", "stderr"] as const) process[name].write = real[name];
  process.send?.({ ...heard, code: code === 0 ? (process.exitCode ?? 0) : code });
}

function checked({ schema, facts }: NonNullable<Task["check"]>): number {
  try {
    const check = factCheck(schema as JsonSchema, "s.json");
    for (const fact of facts) {
      process.stdout.write(`${forTerminal(check(fact as Fact) ?? "fits")}\n`);
    }
    return 0;
  } catch (error) {
    return complain(error);
  }
}
