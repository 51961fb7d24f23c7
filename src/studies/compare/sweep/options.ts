import { InvalidArgumentError, type Command } from "commander";
import { PROFILE_LIMITS } from "../../../../generators/profile.js";
import type { SweepChoice } from "./sweep.js";
import type { SweepParameter } from "../document.js";
import type { Direction } from "../../../trial/result.js";
import { count, list, size } from "../../../terminal/options.js";

/** How the values of what is swept are written, what they may be, and which are taken unasked. */
interface Sweepable {
  readonly read: (text: string) => number;
  readonly least: number;
  readonly most: number;
  /** An example of what is right. */
  readonly right: string;
  readonly usual: readonly number[];
}

const SWEEPABLE: Record<SweepParameter, Sweepable> = {
  "fact-size": {
    read: size,
    least: PROFILE_LIMITS.factBytes.least,
    most: PROFILE_LIMITS.factBytes.most,
    right: "sizes from 4KB to 1MiB, such as fact-size=4KB,64KB",
    usual: [4_000, 16_000, 64_000, 256_000],
  },
  batch: {
    read: size,
    least: 1,
    most: 2 ** 28,
    right: "sizes up to 256MiB, such as batch=64KiB,1MiB",
    usual: [2 ** 14, 2 ** 16, 2 ** 18, 2 ** 20, 2 ** 22],
  },
  level: {
    read: count(0),
    least: 0,
    most: 100,
    right: "whole numbers, such as level=1,6,9",
    usual: [1, 3, 6, 9],
  },
  duplication: {
    read: count(1),
    least: PROFILE_LIMITS.duplication.least,
    most: PROFILE_LIMITS.duplication.most,
    right: "whole numbers from 1 to 1M, such as duplication=1,10",
    usual: [1, 3, 10, 30],
  },
};

const PARAMETERS = Object.keys(SWEEPABLE) as SweepParameter[];

/** Reads what is to be swept: `level`, or with its values `level=1,6,9`. */
export function sweep(text: string): SweepChoice {
  const [name = "", ...rest] = text.split("=");
  const parameter = PARAMETERS.find((one) => one === name);
  if (parameter === undefined) {
    throw new InvalidArgumentError(
      `It takes ${PARAMETERS.join(", ")}, alone or with values: level=1,6,9.`,
    );
  }
  const { read, least, most, right, usual } = SWEEPABLE[parameter];
  if (rest.length === 0) return { parameter, values: usual };
  try {
    const values = [...new Set(list(rest.join("=")).map(read))];
    if (values.length < 2 || values.some((value) => value < least || value > most)) {
      throw new InvalidArgumentError("");
    }
    return { parameter, values: values.toSorted((a, b) => a - b) };
  } catch {
    throw new InvalidArgumentError(`It takes two values or more: ${right}.`);
  }
}

/**
 * What a sweep does where nothing else is asked for: it only writes, and it compresses where that
 * is what the swept thing acts on. Each value costs as much as a comparison.
 */
export function sweepDefaults<
  O extends {
    readonly compress: readonly string[];
    readonly direction: readonly Direction[];
    readonly sweep?: SweepChoice;
  },
>(options: O, command: Command): O {
  const asked = command.getOptionValueSource("compress") !== "default";
  const compress = options.sweep?.parameter === "fact-size" ? ["none"] : ["gzip"];
  return {
    ...options,
    ...(!asked && { compress }),
    ...(options.direction.length === 0 && { direction: ["write"] }),
  };
}
