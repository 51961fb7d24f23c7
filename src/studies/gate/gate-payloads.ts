import { existsSync } from "node:fs";
import { basename, resolve } from "node:path";
import { DEFAULT_PROFILE } from "../../../generators/profile.js";
import { InputError } from "../../core/errors.js";
import type { GatePayload } from "./measure/prepare.js";
import { choosePayload } from "../../payload/payload-choice.js";

/** The facts that a gate compares on: each file, or each size of generated facts, is a payload. */
export async function gatePayloads(options: {
  readonly input?: readonly string[];
  readonly factSize?: readonly number[];
  readonly seed: number;
}): Promise<GatePayload[]> {
  const { input, factSize, seed } = options;
  if (input !== undefined && factSize !== undefined) {
    throw new InputError("--fact-size is for generated facts: leave it out, or leave out --input.");
  }
  if (input !== undefined) {
    return Promise.all(input.map((file) => filePayload(file, seed)));
  }
  return (factSize ?? [DEFAULT_PROFILE.factBytes]).map((factBytes) => ({
    name: `${Math.round(factBytes / 1000)}kB`,
    plan: { kind: "generator", seed, profile: { ...DEFAULT_PROFILE, factBytes } },
  }));
}

/** A file's facts, with the schema that they show, for codecs that need one. */
async function filePayload(file: string, seed: number): Promise<GatePayload> {
  if (!existsSync(file)) throw new InputError(`${file}: there is no such file.`);
  const wishes = { seed, profile: DEFAULT_PROFILE, schema: null, facts: null };
  const { payload } = await choosePayload({ ...wishes, input: [resolve(file)] });
  return { name: basename(file), plan: payload };
}
