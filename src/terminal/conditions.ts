/** Options that hold a pipeline back on purpose: slower sinks, and delays put into stages. */
import { InvalidArgumentError, Option, type Command } from "commander";
import { NO_DELAYS, type Delays } from "../pipeline/injection.js";
import { NOT_SLOWED, type Slowing } from "../sinks/slowed.js";
import { duration, list, size } from "./options.js";

/** A sink as people write it: what holds it back, and what is behind that. */
export interface SinkChoice {
  readonly slowing: Slowing;
  /** `null`, `file`, `file:DIR`, or "" where only what holds it back was said. */
  readonly place: string;
}

/** Reads `throttle:50MB/s`, `latency:5ms`, and either or both before another sink. */
export function sinkChoice(text: string): SinkChoice {
  const [, word, value = "", , rest = ""] = /^(throttle|latency):([^:]*)(:(.*))?$/.exec(text) ?? [];
  if (word === undefined) return { slowing: NOT_SLOWED, place: text };
  const behind = sinkChoice(rest);
  const isTwice =
    word === "throttle"
      ? behind.slowing.bytesPerSecond !== null
      : behind.slowing.latencySeconds > 0;
  if (isTwice) throw new InvalidArgumentError(`It takes one ${word}, not two.`);
  const slowing =
    word === "throttle"
      ? { ...behind.slowing, bytesPerSecond: rate(value) }
      : { ...behind.slowing, latencySeconds: duration(value) };
  return { ...behind, slowing };
}

function rate(text: string): number {
  try {
    return size(text.replace(/\/s$/, ""));
  } catch {
    throw new InvalidArgumentError("throttle takes a rate, such as throttle:50MB/s.");
  }
}

/** Reads `encode=20us`, `write=1ms`, or both with a comma between them. */
function delays(text: string): Delays {
  let found = NO_DELAYS;
  for (const entry of list(text)) {
    const [, stage, value = ""] = /^(encode|write|sink)=(.+)$/.exec(entry) ?? [];
    if (stage === undefined) {
      throw new InvalidArgumentError(
        "It takes a stage and a time for each fact, such as encode=20us or write=1ms.",
      );
    }
    // Called sink before.
    const seconds = stage === "encode" ? "encodeSeconds" : "writeSeconds";
    found = { ...found, [seconds]: duration(value) };
  }
  return found;
}

/** What both `bench` and `run` can put into a pipeline. */
export function addInjection(command: Command): Command {
  return command.addOption(
    new Option(
      "--inject <delays>",
      "delay every fact in a stage on purpose: encode=20us, write=1ms",
    )
      .argParser(delays)
      .default(NO_DELAYS, "none"),
  );
}
