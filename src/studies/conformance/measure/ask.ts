import type { Asked } from "../../../process/asked.js";
import { Client } from "../../../process/client.js";
import type { AnswerOf, Task } from "./messages.js";

export interface Limits {
  /** For one question. */
  readonly questionSeconds: number;
  /** For all of a task's questions; those that are left then stay unanswered. */
  readonly taskSeconds: number;
}

const RESPONDENT = new URL("./answering-process.js", import.meta.url);
/** What a process may take: a codec that wants more for such values is out of bounds. */
const MAX_MEGABYTES = 1024;
/** The process takes its task, which loads the codec, within this or one question's time if that is longer. */
const LOADING_SECONDS = 20;

/**
 * Asks a task's questions, by their numbers, one after the other in a process of its own. One that
 * dies or does not answer is replaced, and the next question goes to the new one.
 */
export async function askAll<K extends Task["kind"]>(
  task: Task & { readonly kind: K },
  questions: number,
  { questionSeconds, taskSeconds }: Limits,
  signal: AbortSignal,
): Promise<Asked<AnswerOf[K]>[]> {
  const endsAt = performance.now() + taskSeconds * 1000;
  const replies: Asked<AnswerOf[K]>[] = [];
  let respondent: Client | undefined;
  for (let question = 0; question < questions && !signal.aborted; question++) {
    const secondsLeft = (endsAt - performance.now()) / 1000;
    if (secondsLeft <= 0) {
      replies.push({ reason: `not asked: its ${taskSeconds} s were over` });
      continue;
    }
    const patienceSeconds = Math.min(questionSeconds, secondsLeft);
    let reply: Asked<AnswerOf[K]> | undefined;
    if (respondent === undefined) {
      respondent = new Client(RESPONDENT, { maxMegabytes: MAX_MEGABYTES });
      const loading = { patienceSeconds: Math.max(questionSeconds, LOADING_SECONDS), signal };
      const taken = await respondent.ask(task, loading);
      if ("reason" in taken) reply = taken;
    }
    reply ??= await respondent.ask<AnswerOf[K]>(question, { patienceSeconds, signal });
    if ("reason" in reply) {
      respondent.close();
      respondent = undefined;
    }
    replies.push(reply);
  }
  respondent?.close();
  return replies;
}
