import { DEFAULT_PROFILE, PROFILE_LIMITS, type Profile } from "../../generators/profile.js";
import { didYouMean } from "../core/did-you-mean.js";
import { InputError } from "../core/errors.js";
import type { Fact } from "../core/fact.js";
import { fileSource } from "./file.js";

/**
 * What a JSON file says of a world: an object with any of the fields of a profile.
 *
 * Rejects with an `InputError` that names the file, the field and what would be right.
 */
export async function readProfile(path: string): Promise<Partial<Profile>> {
  for await (const profile of fileSource(path).facts()) return checkedProfile(path, profile);
  return {};
}

/** @param origin what to call the place where the profile was written */
function checkedProfile(origin: string, profile: Fact): Partial<Profile> {
  for (const [field, value] of Object.entries(profile)) {
    if (!isField(field)) {
      const fields = Object.keys(PROFILE_LIMITS);
      throw new InputError(
        `${origin}: unknown field "${field}".${didYouMean(field, fields)} (there are ${fields.join(", ")})`,
      );
    }
    const { least, most } = PROFILE_LIMITS[field];
    if (!Number.isInteger(value) || (value as number) < least || (value as number) > most) {
      throw new InputError(
        `${origin}: ${field} is ${JSON.stringify(value)}. It takes a whole number from ${least} to ${most}.`,
      );
    }
  }
  const { activePerDay, players } = { ...DEFAULT_PROFILE, ...profile };
  if (activePerDay > players) {
    throw new InputError(
      `${origin}: activePerDay is ${activePerDay}, of ${players} players. Give no more than players.`,
    );
  }
  return profile;
}

function isField(name: string): name is keyof Profile {
  return Object.hasOwn(PROFILE_LIMITS, name);
}
