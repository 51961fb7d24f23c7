import { endForReader } from "../core/reader-left.js";
import { writingProblem } from "../sinks/file.js";
import { guardExit } from "./exit-guard.js";
import { complain, runWords } from "./program.js";

// A reader that has seen enough, such as head, closes the pipe: that is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") endForReader();
  process.exit(complain(writingProblem("standard output", error)));
});
// Where nobody hears of a failure, the exit code says it.
process.stderr.on("error", () => undefined);
// Whatever fails without anybody waiting for it.
process.on("uncaughtException", (error) => process.exit(complain(error)));

const isDone = guardExit();
const code = await runWords(process.argv.slice(2));
if (code !== 0) process.exitCode = code;
isDone();
