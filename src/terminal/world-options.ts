import { InvalidArgumentError, Option, type Command } from "commander";
import { DEFAULT_PROFILE, PROFILE_LIMITS, type Profile } from "../../generators/profile.js";
import { InputError } from "../core/errors.js";
import { readProfile } from "../sources/profile.js";
import { count, duration, size } from "./options.js";

/** What a person may say of the world that facts are made in. */
export interface WorldOptions {
  readonly factSize?: number;
  readonly duplication?: number;
  readonly gameDay?: number;
  /** A JSON file with more of it, or what is in it. */
  readonly profile?: string | Partial<Profile>;
}

export function addWorldOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        "--fact-size <size>",
        "mean size of a fact as JSON, 4KB to 1MB (default: 40KB)",
      ).argParser(within("factBytes", size, "a size from 4KB to 1MiB, such as 40KB")),
    )
    .addOption(
      new Option(
        "--duplication <n>",
        "tell each fact so often, as other players' at other times",
      ).argParser(within("duplication", count(1), "a whole number from 1 to 1M")),
    )
    .addOption(
      new Option(
        "--game-day <time>",
        "what a day of the game lasts, such as 60s (default: 24h)",
      ).argParser(
        within(
          "gameDayMilliseconds",
          (text) => Math.round(duration(text) * 1_000),
          "a time from 1ms to 24h",
        ),
      ),
    )
    .option("--profile <file>", "a JSON file with more of the world: players, activePerDay, …");
}

/** A reader whose value must be within the limits of a field of the profile. */
function within(
  field: keyof Profile,
  read: (text: string) => number,
  right: string,
): (text: string) => number {
  const { least, most } = PROFILE_LIMITS[field];
  return (text) => {
    const value = read(text);
    if (value < least || value > most) throw new InvalidArgumentError(`It takes ${right}.`);
    return value;
  };
}

/** Throws an `InputError` if something is said of the world and the facts come from a file. */
export function refuseWorldOptions(options: WorldOptions, file: string): void {
  const given = (
    [
      ["--fact-size", options.factSize],
      ["--duplication", options.duplication],
      ["--game-day", options.gameDay],
      ["--profile", options.profile],
    ] as const
  ).find(([, value]) => value !== undefined);
  if (given === undefined) return;
  throw new InputError(`${given[0]} is for generated facts: leave it out, or leave out ${file}.`);
}

/** The world that a command line asks for. What it says itself goes before what its file says. */
export async function worldProfile(options: WorldOptions): Promise<Profile> {
  const { profile } = options;
  const written = typeof profile === "string" ? await readProfile(profile) : profile;
  return {
    ...DEFAULT_PROFILE,
    ...written,
    ...(options.factSize !== undefined && { factBytes: options.factSize }),
    ...(options.duplication !== undefined && { duplication: options.duplication }),
    ...(options.gameDay !== undefined && { gameDayMilliseconds: options.gameDay }),
  };
}
