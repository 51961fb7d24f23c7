/** Where files of parts are until they count: a folder for each attempt, inside the run's. */
import { randomBytes } from "node:crypto";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Staging } from "../crew/handing-in.js";
import type { RunPlace } from "../places/run-place.js";

export const STAGING = ".staging";

/** @param place where parts are brought by whoever made them, if the coordinator does not put them in place */
export function stagingIn(folder: string, place?: RunPlace): Staging {
  return {
    begin: () => {
      const staging = `${STAGING}/${randomBytes(12).toString("base64url")}`;
      mkdirSync(join(folder, staging), { recursive: true });
      return staging;
    },
    discard: (staging) => rmSync(join(folder, staging), { recursive: true, force: true }),
    ...(place !== undefined && {
      deliver: (staging, part) => place.deliver(join(folder, staging), part),
    }),
  };
}

/** Takes away what attempts left that do not count. */
export function clearStaging(folder: string): void {
  rmSync(join(folder, STAGING), { recursive: true, force: true });
}
