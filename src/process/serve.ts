/** The other side of `Client`: what the process does that is asked. */
import { failureOf, type Failure } from "./failure.js";

/** What a process says to its client. */
export type Spoken =
  { readonly news: unknown } | { readonly answer: unknown } | { readonly failure: Failure };

/** What is done with a message; who starts the process knows of which type that is. */
type Handler = (message: never) => unknown;

/** Answers each question that comes. What `handle` rejects with is told as a failure. */
export function serve(handle: Handler): void {
  const speak = attend((question) => {
    void answerTo(question, handle).then(speak);
  });
}

/** What a task became: what is answered to it, and what answers the questions that come after. */
export interface Begun {
  readonly answer: unknown;
  readonly handle: Handler;
}

/** Begins with the first message, and answers those that come after it by what that became. */
export function serveTask(begin: (task: never) => Promise<Begun>): void {
  let begun: Promise<Begun> | undefined;
  serve(async (message: never) => {
    if (begun !== undefined) return (await begun).handle(message);
    begun = begin(message);
    return (await begun).answer;
  });
}

async function answerTo(question: never, handle: Handler): Promise<Spoken> {
  try {
    return { answer: await handle(question) };
  } catch (error) {
    if (process.env["HELLFACT_DEBUG"] === "1") console.error(error);
    return { failure: failureOf(error) };
  }
}

/** Hears what is told without answering it. @returns tells news */
export function listen(hear: Handler): (news: unknown) => void {
  const speak = attend(hear);
  return (news) => speak({ news });
}

/** Tells the client news while a question is being answered. */
export function tellNews(news: unknown): void {
  say({ news });
}

function attend(hear: Handler): (spoken: Spoken) => void {
  // Ctrl-C reaches every process of the terminal; ending this one is for its parent to decide.
  process.on("SIGINT", () => undefined);
  process.once("disconnect", () => process.exit());
  process.on("message", (message) => void hear(message as never));
  return say;
}

function say(spoken: Spoken): void {
  // A channel that closes in this moment leaves nobody to tell.
  process.send?.(spoken, () => undefined);
}
