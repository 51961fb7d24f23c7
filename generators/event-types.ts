/** The types of events, and how often they come. */
import type { EventType } from "../schemas/hell-fact.js";
import { mapMaker } from "./maps.js";

/** How often each type comes next between a run's start and its end, of 256. */
const FREQUENCIES: Record<EventType, number> = {
  start: 0,
  coin: 23,
  jump: 49,
  slide: 32,
  "power-up": 22,
  stumble: 24,
  hit: 25,
  checkpoint: 16,
  chest: 11,
  "mission-step": 19,
  "offer-seen": 8,
  purchase: 3,
  rival: 16,
  revive: 8,
  death: 0,
  finish: 0,
};
export const TYPES = Object.keys(FREQUENCIES) as EventType[];
/** Numbers of types, as often as they come. */
export const DRAWS = TYPES.flatMap((type, number) =>
  Array.from({ length: FREQUENCIES[type] }, () => number),
);
export const COIN = TYPES.indexOf("coin");
export const START = TYPES.indexOf("start");
export const DEATH = TYPES.indexOf("death");
export const FINISH = TYPES.indexOf("finish");
export const countsByType = mapMaker(TYPES);
