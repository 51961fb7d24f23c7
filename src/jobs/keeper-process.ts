/**
 * Ends jobs whose lease may be over, also while the worker that began them is frozen and can do nothing.
 *
 * Lines on standard input say of a group of processes how old its lease is (`PGID SECONDS`), or that it has ended
 * (`PGID -`). One that is not heard of until its lease is as old as the first argument says is killed. When the
 * input ends, because whoever wrote it is gone, all of them are.
 */
import { createInterface } from "node:readline";

const LOOK_MILLISECONDS = 20;

const limitSeconds = Number(process.argv[2]);
const deadlines = new Map<number, number>();

// Signals that a terminal sends to everybody are not for it.
for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, () => undefined);

const end = (group: number) => {
  deadlines.delete(group);
  try {
    process.kill(-group, "SIGKILL");
  } catch {
    // nobody of it is left
  }
};

const timer = setInterval(() => {
  const now = performance.now();
  for (const [group, deadline] of deadlines) if (now > deadline) end(group);
}, LOOK_MILLISECONDS);

createInterface({ input: process.stdin })
  .on("line", (line) => {
    const [group = "", age = "-"] = line.split(" ");
    if (age === "-") deadlines.delete(Number(group));
    else {
      deadlines.set(Number(group), performance.now() + (limitSeconds - Number(age)) * 1000);
    }
  })
  .once("close", () => {
    clearInterval(timer);
    for (const group of deadlines.keys()) end(group);
  });
