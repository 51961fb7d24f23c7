import { Attempts } from "./attempts.js";
import { branchOf, collect, type FindPath, type Found } from "./branches.js";
import { parse } from "./compile.js";
import { createSearch, type Search } from "./search.js";

/** Finds all values at some paths, each of which may lead to several: into lists, and under any key. */
export interface Finder {
  /**
   * The values in a fact's JSON, a list for each path, without making anything of the rest.
   * The lists are used again by the next call. Throws what `JSON.parse` throws where it is no JSON.
   *
   * @param isKnown whether it is known to be JSON whose keys come once: then what is behind the last value may stay unread
   */
  readonly inJson: (bytes: Uint8Array, isKnown?: boolean) => readonly (readonly unknown[])[];
  /** The same of a value that is read already. */
  readonly inValue: (value: unknown) => readonly (readonly unknown[])[];
}

/** A short list that is emptied value by value keeps its memory, which takes longer to get anew. */
const MOST_POPPED = 8;

/**
 * @param counted numbers of paths of which only the nulls and the number of values are wanted: in JSON, `true`
 * stands for any other value, of which then nothing is made
 */
export function createFinder(
  paths: readonly FindPath[],
  counted: ReadonlySet<number> = new Set(),
): Finder {
  const attempts = new Attempts();
  const branch = branchOf(paths);
  const found: Found = paths.map(() => []);
  let search: Search | undefined;
  let madeFor = -1;

  function clear(): void {
    for (const values of found) {
      if (values.length > MOST_POPPED) values.length = 0;
      else while (values.length > 0) values.pop();
    }
  }

  function inValue(value: unknown): Found {
    clear();
    collect(value, branch, found);
    return found;
  }

  return {
    inValue,
    inJson: (bytes, isKnown = false) => {
      clear();
      try {
        attempts.attempt(({ parser, tape }, context, generation) => {
          // Nodes of the parser's keys are void when it forgot them.
          if (search === undefined || madeFor !== generation) {
            search = createSearch(parser, tape, branch, counted);
            madeFor = generation;
          }
          search(bytes, context, found, isKnown);
        });
        return found;
      } catch {
        return inValue(parse(bytes));
      }
    },
  };
}
