import type { Command } from "commander";

/** What says how a run is read that was written by plugins of a user's own. */
export interface OwnOptions {
  readonly codec?: string;
  readonly compress?: string;
}

/** `--codec` and `--compress`, for commands that read runs. */
export function addOwnOptions(command: Command): Command {
  return command
    .option("--codec <file>", "the codec of your own that a run was written by, if it was")
    .option("--compress <file>", "the same of a compressor");
}
