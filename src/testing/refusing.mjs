/**
 * Carries out command lines one after the other, each of which is a line of JSON on standard input, and answers
 * with a line of what it said and would have exited with.
 *
 *   node refusing.mjs PROGRAM
 */
import { createInterface } from "node:readline";

const { runWords } = await import(process.argv[2]);
const answer = process.stdout.write.bind(process.stdout);
for await (const line of createInterface({ input: process.stdin })) {
  const { words, cwd } = JSON.parse(line);
  process.chdir(cwd);
  process.exitCode = undefined;
  const said = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"]) {
    process[name].write = (text) => {
      said[name] += text;
      return true;
    };
  }
  const code = (await runWords(words)) || (process.exitCode ?? 0);
  answer(`${JSON.stringify({ code, ...said })}\n`);
}
