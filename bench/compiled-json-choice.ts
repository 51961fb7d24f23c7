/**
 * How often a reader chooses the faster way, in fresh processes, every second one of them disturbed by
 * others that take all processors. About two minutes.
 *
 *   npm run bench:compiled-json-choice [-- processes=40 [payload or document …]]
 *
 * Which way is faster, the median of three long undisturbed runs by turns says.
 */
import { execFile, spawn } from "node:child_process";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { nameOf } from "./compiled-json-payloads.js";

const PROCESSES = Number(process.argv[2] ?? 40);
const WANTED = process.argv.length > 3 ? process.argv.slice(3) : ["hell facts"];
const PROCESS = fileURLToPath(new URL("./compiled-json-choice-process.js", import.meta.url));
const BURN = "for (;;) for (let i = 0; i < 1e6; i++) JSON.stringify({ i });";

const ask = async (...words: string[]): Promise<string> =>
  (await promisify(execFile)(process.execPath, [PROCESS, ...words])).stdout.trim();

async function disturbed<Result>(work: () => Promise<Result>): Promise<Result> {
  const others = Array.from({ length: availableParallelism() }, () =>
    spawn(process.execPath, ["-e", BURN], { stdio: "ignore" }),
  );
  try {
    return await work();
  } finally {
    for (const other of others) other.kill("SIGKILL");
  }
}

for (const payload of WANTED) {
  const ratios: number[] = [];
  for (let run = 0; run < 3; run++) ratios.push(Number(await ask(payload, "long")));
  const ratio = ratios.toSorted((a, b) => a - b)[1] ?? NaN;
  const faster = ratio >= 1 ? "first" : "second";
  const count = (answers: readonly string[]) =>
    `${answers.filter((answer) => answer === faster).length} of ${answers.length}`;
  const many = Math.ceil(PROCESSES / 2);
  const quiet: string[] = [];
  for (let index = 0; index < many; index++) quiet.push(await ask(payload));
  const beside: string[] = [];
  await disturbed(async () => {
    for (let index = 0; index < many; index++) beside.push(await ask(payload));
  });
  console.log(
    `${nameOf(payload)}: compiled reading is ${ratio.toFixed(2)} x JSON.parse (CPU time); ` +
      `the faster way was chosen in ${count(quiet)} quiet processes and ${count(beside)} disturbed ones`,
  );
}
