import { pluginNames } from "./catalog.js";

/** The word on the command line for every codec that there is. */
const EVERY_CODEC = "all";

/**
 * What is compared where no codec is named: JSON and its rivals, the compiled writer among them,
 * MessagePack without and with shared structures, and protobuf. A fixed few, so that a plain comparison takes a minute and a half
 * however many codecs there are; the others are compared by name.
 */
export const DEFAULT_CODECS = [
  "compiled-json",
  "fast-json-stringify",
  "json",
  "msgpackr",
  "msgpackr-records",
  "protobuf",
  "simdjson",
];

/** The codecs that are meant by what was named on the command line, if anything was. */
export function codecsNamed(names: readonly string[] | undefined): readonly string[] {
  if (names === undefined) return DEFAULT_CODECS;
  return names.includes(EVERY_CODEC) ? pluginNames("codecs") : names;
}
