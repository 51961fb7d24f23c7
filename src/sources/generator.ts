import { LAST_INDEX, type Profile } from "../../generators/profile.js";
import { HELL_FACT_FIELDS, World } from "../../generators/world.js";
import { InputError } from "../core/errors.js";
import type { RangedSource } from "../core/ranged-source.js";
import type { Source } from "../core/source.js";
import { hellFactSchema } from "./generator-schema.js";

export interface GeneratorOptions {
  readonly seed: number;
  /** Index of the first fact. */
  readonly from: number;
  /** What the world is like; the default one without it. */
  readonly profile?: Profile;
}

/** Hell facts almost without end: the fact at `from`, the next one, and so on. */
export function generatorSource({ seed, from, profile }: GeneratorOptions): Source {
  const world = new World(seed, profile);
  return {
    name: "totalhelldeath",
    schema: hellFactSchema,
    fields: HELL_FACT_FIELDS,
    *facts() {
      for (let index = from; index <= LAST_INDEX; index++) yield world.fact(index);
      throw new InputError(`the world ends with fact ${LAST_INDEX}. Start earlier, or take fewer.`);
    },
  };
}

/** Hell facts by index. */
export function generatorRange(seed: number, profile: Profile): RangedSource {
  const world = new World(seed, profile);
  let position = 0;
  return {
    schema: hellFactSchema,
    get position() {
      return position;
    },
    get ended() {
      return position > LAST_INDEX;
    },
    *facts(from, to) {
      for (let index = from; index < to; index++) {
        position = index + 1;
        yield world.fact(index);
      }
    },
    place: () => `fact ${position - 1}`,
  };
}
