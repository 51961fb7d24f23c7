/** The process that a codec is examined in: takes a task, then answers questions one at a time. */
import { readFileSync } from "node:fs";
import { firstLine, HellfactError } from "../../../core/errors.js";
import type { Cell, SuiteVerdict } from "../document.js";
import { examine } from "./examine.js";
import type { Task } from "./messages.js";
import { loadPair } from "./round-trip.js";
import { VALUES } from "./values.js";

type Answer = (question: number) => Cell | SuiteVerdict;

// Ctrl-C reaches every process of the terminal; ending this one is for its parent to decide.
process.on("SIGINT", () => undefined);
process.once("disconnect", () => process.exit());

process.once("message", (task: Task) => {
  void open(task).then((answer) => {
    process.on("message", (question: number) => process.send?.(answer(question)));
    process.send?.("ready");
  });
});

async function open(task: Task): Promise<Answer> {
  const pair = await loadPair(task.codec);
  if (task.kind === "values") {
    return (question) => {
      const value = VALUES[question];
      if (value === undefined) throw new HellfactError(`there is no value ${question}`);
      return examine(pair, value);
    };
  }
  const opened = pair.codec.open({ schema: { type: "object" } });
  const parse = opened[task.ability];
  if (parse === undefined) throw new HellfactError(`${task.codec} cannot ${task.ability}`);
  return (question) => {
    const bytes = readFileSync(task.files[question] ?? "");
    try {
      const accepted = parse(bytes) !== false || task.ability === "decode";
      return { verdict: accepted ? "accepted" : "rejected", detail: null };
    } catch (error) {
      return { verdict: "rejected", detail: firstLine(error) };
    }
  };
}
