/** Runs that go on at the moment, as far as their folders tell. */
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { hasManifest, readManifest } from "../pipeline/run/manifest.js";

/** A run that has not written for so long has been left. */
const RECENT_MILLISECONDS = 60_000;

/** A sentence for each run under a folder that is being written; "" where there is none. */
export function runningIn(folder: string): string {
  const names = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && hasManifest(join(folder, entry.name)))
    .map(({ name }) => name);
  return names.flatMap((name) => runningRun(join(folder, name)) ?? []).join(" ");
}

function runningRun(folder: string): string | undefined {
  const changed = Math.max(
    ...readdirSync(folder).map(
      (name) => statSync(join(folder, name), { throwIfNoEntry: false })?.mtimeMs ?? 0,
    ),
  );
  if (Date.now() - changed > RECENT_MILLISECONDS) return undefined;
  const { plan, parts, ended, seconds } = readManifest(folder);
  if (ended !== null) return undefined;
  const facts = parts.reduce((sum, part) => sum + part.facts, 0);
  const isFar = plan.end === Number.MAX_SAFE_INTEGER;
  const done = parts.reduce((sum, { from, to }) => sum + to - from, 0) / (plan.end - plan.start);
  const share = isFar ? "" : `, ${Math.round(done * 100)} %`;
  return `A run goes on in ${folder}: ${facts} facts in ${parts.length} parts after ${Math.round(seconds)} s${share}.`;
}
