/**
 * Made-up facts, as `hellfact/generator`: a fact is a pure function of a seed, a profile and its index, so
 * that any of them can be made anew anywhere.
 */
export type { HellFact } from "../schemas/hell-fact.js";
export type { Envelope as FactEnvelope } from "./crowd.js";
export { DEFAULT_PROFILE, LAST_INDEX, PROFILE_LIMITS, type Profile } from "./profile.js";
export { HELL_FACT_FIELDS, World } from "./world.js";
