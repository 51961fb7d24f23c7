import type { Command } from "commander";
import { InputError } from "../core/errors.js";

/**
 * Throws an `InputError` for the first of these options that stands on the command line: where it means nothing, it is
 * not passed over in silence.
 *
 * @param names as a command knows them: `factSize`
 * @param why behind the option: `is for --compare: leave it out, or give that.`
 */
export function refuseTyped(command: Command, names: Iterable<string>, why: string): void {
  const refused = new Set(names);
  const typed = command.options.find((option) => {
    const name = option.attributeName();
    return refused.has(name) && command.getOptionValueSource(name) === "cli";
  });
  if (typed !== undefined) throw new InputError(`${typed.long ?? ""} ${why}`);
}
