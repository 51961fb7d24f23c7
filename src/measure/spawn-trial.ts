import { fork } from "node:child_process";
import { lastWords } from "../core/errors.js";
import type { TrialOutcome, TrialPlan } from "./trial.js";

/** Makes a trial; how it is made is the scheduler's own business in a test. */
export type RunTrial = (plan: TrialPlan, signal: AbortSignal) => Promise<TrialOutcome>;

/** A trial that takes this many times its allowance, and half a minute more, is not going to end. */
const PATIENCE = 10;
const SPARE_SECONDS = 30;
/** With a study beside it, a trial makes many more laps, and perhaps into a sink that is held back. */
const STUDY_SECONDS = 300;

/** Makes a trial in a fresh process. Whatever becomes of that process is an outcome, not an error. */
export const spawnTrial: RunTrial = (plan, signal) =>
  new Promise((resolve) => {
    const child = fork(new URL("./trial-process.js", import.meta.url), {
      stdio: ["ignore", "ignore", "pipe", "ipc"],
      serialization: "advanced",
    });
    let outcome: TrialOutcome | undefined;
    let complaint = "";
    const kill = () => child.kill("SIGKILL");
    const spare = plan.study === "none" ? SPARE_SECONDS : STUDY_SECONDS;
    const patience = PATIENCE * plan.allowanceSeconds + spare;
    const timeout = setTimeout(() => {
      outcome = { status: "failed", reason: `no answer after ${Math.round(patience)} s` };
      kill(); // and what comes of it settles this
    }, patience * 1000);
    const settle = () => {
      clearTimeout(timeout);
      signal.removeEventListener("abort", kill);
      if (outcome !== undefined) resolve(outcome);
    };
    signal.addEventListener("abort", kill, { once: true });
    child.stderr?.on("data", (data: Buffer) => {
      complaint += data.toString();
      if (process.env["HELLFACT_DEBUG"] === "1") process.stderr.write(data);
    });
    child.on("message", (message) => {
      outcome = message as TrialOutcome;
      kill(); // its work is done; taking down its heap in good order would only take time
      settle();
    });
    child.on("error", (error) => {
      outcome ??= { status: "failed", reason: error.message };
      settle();
    });
    child.on("close", (code, killedBy) => {
      outcome ??= { status: "failed", reason: causeOfDeath(code, killedBy, complaint) };
      settle();
    });
    child.send(plan);
  });

/** What can be told of a process that ended without an answer. */
function causeOfDeath(code: number | null, killedBy: string | null, complaint: string): string {
  const how = killedBy === null ? `exit code ${code}` : `signal ${killedBy}`;
  const said = lastWords(complaint);
  return `its process died (${how})${said === undefined ? "" : `: ${said}`}`;
}
