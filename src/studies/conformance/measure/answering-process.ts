/** The process that a codec is examined in: takes a task, then answers questions one at a time. */
import { readFileSync } from "node:fs";
import { firstLine, HellfactError } from "../../../core/errors.js";
import { serve } from "../../../process/serve.js";
import type { Cell, SuiteVerdict } from "../document.js";
import { examine } from "./examine.js";
import type { Task } from "./messages.js";
import { loadPair } from "./round-trip.js";
import { VALUES } from "./values.js";

type Answer = (question: number) => Cell | SuiteVerdict;

let answer: Answer | undefined;

serve(async (message: Task | number): Promise<Cell | SuiteVerdict | null> => {
  if (typeof message === "number") {
    if (answer === undefined) throw new HellfactError("a question before there was a task");
    return answer(message);
  }
  answer = await open(message);
  return null;
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
