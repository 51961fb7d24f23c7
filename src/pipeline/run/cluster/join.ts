import { randomBytes } from "node:crypto";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { HellfactError } from "../../../core/errors.js";
import { toolVersion } from "../../../machine/environment.js";
import { stay, type StayOptions } from "../../../process/stay.js";
import { Crew, type RangeReceiver } from "../crew/crew.js";
import { hasManifest } from "../manifest.js";
import { isPlan } from "../manifest-lines.js";
import { STAGING, type RunAbout } from "./about.js";

/** A worker that says nothing for so long, with something in hand, is ended. */
const SILENT_SECONDS = 300;
const LOOK_MILLISECONDS = 500;

export interface JoinOptions extends StayOptions {
  /** Processes that encode. */
  readonly workers: number;
  readonly name: string;
}

/** What a queue says that it is about, where that is a run; `undefined` where it is anything else. */
export function runAbout(about: unknown): RunAbout | undefined {
  const { kind, version, plan, conditions } = Object(about) as Partial<RunAbout>;
  const isRun = kind === "run" && typeof version === "string" && typeof conditions === "object";
  // The plan of another version may have another form.
  const isPlanned = version !== toolVersion() || (isPlan(plan) && plan.folder !== null);
  return isRun && isPlanned ? (about as RunAbout) : undefined;
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
  let end: () => void = () => undefined;
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
  const work = {
    get isIdle() {
      return crew.isIdle;
    },
    start: (onEnded: () => void) => {
      end = onEnded;
      crew.start(onEnded);
    },
    stop: () => crew.stop(),
  };
  await stay(
    work,
    { signal, mayLeave },
    { milliseconds: LOOK_MILLISECONDS, onLook: () => crew.endSilent(SILENT_SECONDS) },
  );
  if (fatal !== undefined) throw fatal;
}
