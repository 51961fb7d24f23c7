import {
  DEFAULT_PROFILE,
  PROFILE_LIMITS,
  profileProblem,
  type Profile,
} from "../../generators/profile.js";
import { didYouMean } from "../core/did-you-mean.js";
import { InputError } from "../core/errors.js";
import { fileSource } from "./file.js";

/**
 * What a JSON file says of a world: an object with any of the fields of a profile.
 *
 * Rejects with an `InputError` that names the file, the field and what would be right.
 */
export async function readProfile(path: string): Promise<Partial<Profile>> {
  const objects: Partial<Profile>[] = [];
  for await (const object of fileSource(path).facts()) {
    objects.push(object);
    if (objects.length > 1) throw new InputError(`${path} holds more than one object. Give one.`);
  }
  const [profile = {}] = objects;
  const fields = Object.keys(PROFILE_LIMITS);
  const unknown = Object.keys(profile).find((field) => !fields.includes(field));
  if (unknown !== undefined) {
    throw new InputError(
      `${path}: unknown field "${unknown}".${didYouMean(unknown, fields)} (there are ${fields.join(", ")})`,
    );
  }
  const problem = profileProblem({ ...DEFAULT_PROFILE, ...profile });
  if (problem !== undefined) throw new InputError(`${path}: ${problem}`);
  return profile;
}
