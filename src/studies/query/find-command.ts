import type { Command } from "commander";
import { InputError } from "../../core/errors.js";
import { jsonText } from "../../core/foreign-text.js";
import { addOwnOptions, type OwnOptions } from "../../terminal/own-options.js";
import { checkedPlugins } from "../../contracts/own-plugins.js";
import { checkCondition, compiledCondition, parseCondition } from "../../query/condition.js";
import { openFacts } from "../../query/facts.js";
import { many } from "../../report/numbers.js";
import { SchemaInference } from "../../schema/infer.js";
import { parsePath } from "../../summarise/path.js";
import { checkPath } from "../../summarise/schema-paths.js";
import { walkerOf } from "../../summarise/walker.js";
import {
  addCommonOptions,
  count,
  examples,
  list,
  type CommonOptions,
} from "../../terminal/options.js";
import { say } from "../../terminal/say.js";
import { toStdout } from "../../terminal/stdout.js";

/** Where nothing says what facts have, the first ones do; so many are cheap to look at. */
const SAMPLE_FACTS = 200;
/** Of more found facts the numbers are not told. */
const MOST_NUMBERS = 10;

interface FindOptions extends CommonOptions, OwnOptions {
  readonly where: string;
  readonly limit: number;
  readonly select?: string[];
}

export function configure(command: Command): Command {
  command
    .argument("<place>", "a run's folder, a file or a pattern, the URL of a store, or -")
    .requiredOption(
      "--where <condition>",
      'such as: player.level > 90 and region = "eu"; runs[].kills >= 100; guild missing; name ~ "zoe"',
    )
    .option("--limit <n>", "stop at so many (default: 10)", count(1), 10)
    .option("--select <paths>", "only the values there, such as player.id,runs[].zone", list);
  addOwnOptions(command);
  return addCommonOptions(command)
    .addHelpText(
      "after",
      examples(
        "hellfact find events --where 'player.level > 90' --limit 3",
        "hellfact find events.ndjson.gz --where 'runs[].kills >= 100' --select player.id",
      ),
    )
    .action(run);
}

async function run(place: string, options: FindOptions): Promise<void> {
  const { where, limit, select, quiet } = options;
  const condition = parseCondition(where);
  const paths = select?.map(parsePath);
  const own = await checkedPlugins(options);
  const { schema, notes, facts } = await openFacts(place, own);
  if (schema !== undefined) {
    checkCondition(condition, schema);
    for (const path of paths ?? []) checkPath(path, schema, false);
  }
  if (!quiet) for (const note of notes) say(note);
  const holds = compiledCondition(condition);
  const shown = shownBy(select, paths);
  const numbers: number[] = [];
  let [found, seen] = [0, 0];
  const inference = new SchemaInference();
  for await (const { fact, number } of facts()) {
    seen += 1;
    if (schema === undefined && seen <= SAMPLE_FACTS) inference.observe(fact);
    if (!holds(fact)) continue;
    found += 1;
    if (number !== null && numbers.length < MOST_NUMBERS) numbers.push(number);
    await toStdout(`${jsonText(shown(fact))}\n`);
    if (found === limit) break;
  }
  if (quiet) return;
  const which = numbers.length === 0 ? "" : `: ${numbers.join(", ")}`;
  say(`${found} of the first ${many(seen, "fact")}${which}`);
  if (schema !== undefined || seen === 0) return;
  const sampled = inference.result();
  const missing = whatIsMissing(() => {
    if (found === 0) checkCondition(condition, sampled.schema);
    for (const path of paths ?? []) checkPath(path, sampled.schema, false);
  });
  if (missing !== undefined)
    say(missing.replace("The schema has", `The first ${sampled.facts} facts have`));
}

/** Why a check does not hold, if so. */
function whatIsMissing(check: () => void): string | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
}

/** What is printed of a fact: all of it, or an object of the values at each path. */
function shownBy(
  names: readonly string[] | undefined,
  paths: readonly ReturnType<typeof parsePath>[] | undefined,
): (fact: unknown) => unknown {
  if (names === undefined || paths === undefined) return (fact) => fact;
  let values: unknown[][] = [];
  const walk = walkerOf(
    paths.map((path, place) => ({ path, take: (value) => values[place]?.push(value) })),
  );
  const isOne = paths.map((path) => path.every(({ kind }) => kind === "key"));
  return (fact) => {
    values = paths.map(() => []);
    walk(fact);
    const entries = names.map((name, place) => {
      const all = values[place] ?? [];
      return [name, isOne[place] === true ? (all[0] ?? null) : all] as const;
    });
    return Object.fromEntries(entries);
  };
}
