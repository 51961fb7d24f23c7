import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { firstLine, type HellfactError } from "../../../core/errors.js";
import type { Credentials } from "../../../core/transport.js";
import { toolVersion } from "../../../machine/environment.js";
import { stay, type StayOptions } from "../../../process/stay.js";
import { Crew } from "../crew/crew.js";
import type { RangeReceiver } from "../crew/made-part.js";
import { hasManifest } from "../manifest.js";
import { isPlan } from "../manifest-lines.js";
import { openRunPlace } from "../places/open.js";
import type { RunPlace } from "../places/run-place.js";
import type { RunAbout } from "./about.js";
import { stagingIn } from "./staging.js";

/** A worker that says nothing for so long, with something in hand, is ended. */
const SILENT_SECONDS = 300;
const LOOK_MILLISECONDS = 500;

export interface JoinOptions extends StayOptions {
  /** Processes that encode. */
  readonly workers: number;
  readonly name: string;
  /** How one proves who one is to the place where parts go. */
  readonly credentials: Credentials;
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
  return plan.place !== undefined || hasManifest(plan.folder)
    ? undefined
    : `its folder ${plan.folder} is not here: mount it at the same place`;
}

/**
 * Makes parts for a run until it is over, or there is a reason to leave.
 * @returns why this machine cannot work for it, if it cannot
 */
export async function joinRun(
  about: RunAbout,
  receiver: RangeReceiver,
  options: JoinOptions,
): Promise<string | undefined> {
  const { plan } = about;
  if (plan.place === undefined) {
    await makeParts(about, receiver, options);
    return undefined;
  }
  // Parts are made here, and brought there.
  const own = mkdtempSync(join(tmpdir(), "hellfact-work-"));
  let place: RunPlace | undefined;
  try {
    try {
      place = await openRunPlace(plan, options.credentials);
      await place?.prepare(own);
    } catch (error) {
      return `where its parts go: ${firstLine(error).replace(/\.$/, "")}`;
    }
    const here = { ...about, plan: { ...plan, folder: own, sync: "none" as const } };
    await makeParts(here, receiver, options, place);
    return undefined;
  } finally {
    await place?.close();
    rmSync(own, { recursive: true, force: true });
  }
}

async function makeParts(
  { plan, conditions }: RunAbout,
  receiver: RangeReceiver,
  { workers, name, signal, mayLeave }: JoinOptions,
  place?: RunPlace,
): Promise<void> {
  let fatal: HellfactError | undefined;
  let end: () => void = () => undefined;
  const crew = new Crew(
    {
      ...{ plan, own: {}, workers, conditions, name: `${name}/` },
      staging: stagingIn(plan.folder, place),
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
