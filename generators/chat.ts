import type { HellFact } from "../schemas/hell-fact.js";
import type { Random } from "./random.js";
import * as words from "./words.js";

/** How many talk to each other. */
const TALKERS = 4;

/** What players said to each other, in order. */
export function chat(random: Random, volume: number, milliseconds: number): HellFact["chat"] {
  const lines: HellFact["chat"] = [];
  const length = random.around(8 * volume * 2 * random.share());
  const step = Math.max(1, Math.floor(milliseconds / (length + 1)));
  const first = random.below(words.NAMES.length - TALKERS + 1);
  let at = 0;
  for (let left = length; left > 0; left--) {
    at += random.belowWide(step);
    lines.push({
      atMilliseconds: at,
      channel: random.pick(words.CHAT_CHANNELS),
      from: words.NAMES[first + random.below(TALKERS)] as string,
      text: random.pick(words.CHAT_LINES),
    });
  }
  return lines;
}
