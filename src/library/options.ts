import { didYouMean } from "../core/did-you-mean.js";
import { InputError } from "../core/errors.js";

/** Options in which everything that has a default is there. */
export type Completed<O, D> = Omit<O, keyof D> & {
  [K in keyof D]: K extends keyof O ? Exclude<O[K], undefined> | D[K] : D[K];
};

/**
 * Options with their defaults. What is `undefined` counts as not said.
 *
 * Throws an `InputError` for a name that is no option, with the nearest one that is.
 *
 * @param others options that have no default
 */
export function withDefaults<O extends object, D extends object>(
  options: O,
  defaults: D,
  others: readonly (keyof O & string)[],
): Completed<O, D> {
  const known = [...Object.keys(defaults), ...others];
  const said = Object.entries(options).filter(([, value]) => value !== undefined);
  for (const [name] of said) {
    if (known.includes(name)) continue;
    throw new InputError(
      `"${name}" is no option.${didYouMean(name, known)} There are ${known.join(", ")}.`,
    );
  }
  return { ...defaults, ...Object.fromEntries(said) } as unknown as Completed<O, D>;
}
