/**
 * Bytes that no codec wrote, into every decoder: truncated, with bits flipped, random. Each must give a
 * value or an error of its own; never a crash, a hang, or a changed prototype.
 *
 *   npm run bench:hostile [-- cases of each kind [codecs]]
 */
import { fork } from "node:child_process";
import { availableParallelism } from "node:os";
import { pluginNames } from "../src/plugins/catalog.js";
import type { HostileResult, HostileTask } from "./hostile-process.js";

const CASES = Number(process.argv[2] ?? 100_000) || 100_000;
const CODECS = process.argv[3]?.split(",") ?? pluginNames("codecs");
/** No single decoding may take longer. */
const PATIENCE_MILLISECONDS = 20_000;

function put(task: HostileTask): Promise<HostileResult | string> {
  return new Promise((resolve) => {
    const child = fork(new URL("./hostile-process.js", import.meta.url), { stdio: "pipe" });
    let result: HostileResult | undefined;
    let at = 0;
    let patience: NodeJS.Timeout | undefined;
    const wait = () => {
      clearTimeout(patience);
      patience = setTimeout(() => child.kill("SIGKILL"), PATIENCE_MILLISECONDS);
    };
    wait();
    child.on("message", (message: number | HostileResult) => {
      wait();
      if (typeof message === "number") at = message;
      else result = message;
    });
    child.on("exit", (code, signal) => {
      clearTimeout(patience);
      resolve(result ?? `ended by ${signal ?? `exit code ${code}`} after case ${at}`);
    });
    child.send(task);
  });
}

const tasks = CODECS.flatMap((codec) =>
  (["truncated", "flipped", "random"] as const).map((kind) => ({ codec, kind, cases: CASES })),
);

async function lane(): Promise<void> {
  for (let task = tasks.shift(); task !== undefined; task = tasks.shift()) {
    const result = await put(task);
    const isBad = typeof result === "string" || result.polluted;
    if (isBad) process.exitCode = 1;
    const text =
      typeof result === "string"
        ? `MISSED: ${result}`
        : `${result.values} values, ${result.errors} errors, ${Math.round(result.peakMemoryBytes / 1e6)} MB` +
          (result.polluted ? "   MISSED: a prototype was changed" : "");
    console.log(`${task.codec.padEnd(22)} ${task.kind.padEnd(10)} ${text}`);
  }
}

await Promise.all(Array.from({ length: availableParallelism() }, lane));
