import { randomBytes } from "node:crypto";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { HellfactError } from "../../../core/errors.js";
import { toolVersion } from "../../../machine/environment.js";
import { Crew, type RangeReceiver } from "../crew/crew.js";
import { hasManifest } from "../manifest.js";
import { STAGING, type RunAbout } from "./about.js";

/** A worker that says nothing for so long, with something in hand, is ended. */
const SILENT_SECONDS = 300;
const LOOK_MILLISECONDS = 500;

export interface JoinOptions {
  /** Processes that encode. */
  readonly workers: number;
  readonly name: string;
  /** Ends it: what is in hand is given back. */
  readonly signal: AbortSignal;
  /** Asked now and then when there was nothing to do for so many seconds: whether to leave. */
  readonly mayLeave: (idleSeconds: number) => boolean;
}

/** Why this machine cannot work for a run, or `undefined`. */
export function whyNotJoined({ plan, version }: RunAbout): string | undefined {
  if (version !== toolVersion()) {
    return `it is of hellfact ${version}, and this is ${toolVersion()}: parts would not fit together`;
  }
  return hasManifest(plan.folder)
    ? undefined
    : `its folder ${plan.folder} is not here: mount it at the same place`;
}

/** Makes parts for a run until it is over, or there is a reason to leave. */
export async function joinRun(
  { plan, conditions }: RunAbout,
  receiver: RangeReceiver,
  { workers, name, signal, mayLeave }: JoinOptions,
): Promise<void> {
  const { folder } = plan;
  let fatal: HellfactError | undefined;
  let end = () => undefined as void;
  const ended = new Promise<void>((resolve) => (end = resolve));
  const crew = new Crew(
    {
      ...{ plan, own: {}, workers, conditions, name: `${name}/` },
      staging: {
        begin: () => {
          const staging = `${STAGING}/${randomBytes(12).toString("base64url")}`;
          mkdirSync(join(folder, staging), { recursive: true });
          return staging;
        },
        discard: (staging) => rmSync(join(folder, staging), { recursive: true, force: true }),
      },
      onFatal: (error) => {
        fatal = error;
        end();
      },
    },
    receiver,
  );
  let busyAt = performance.now();
  const timer = setInterval(() => {
    crew.endSilent(SILENT_SECONDS);
    if (!crew.isIdle) busyAt = performance.now();
    if (mayLeave(crew.isIdle ? (performance.now() - busyAt) / 1000 : 0)) end();
  }, LOOK_MILLISECONDS);
  signal.addEventListener("abort", end, { once: true });
  try {
    crew.start(end);
    if (signal.aborted) end();
    await ended;
  } finally {
    clearInterval(timer);
    signal.removeEventListener("abort", end);
    await crew.stop();
  }
  if (fatal !== undefined) throw fatal;
}
