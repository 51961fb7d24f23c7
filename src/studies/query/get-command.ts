import type { Command } from "commander";
import { addOwnOptions, type OwnOptions } from "../../terminal/own-options.js";
import { checkedPlugins } from "../../contracts/own-plugins.js";
import { pickFact } from "../../query/pick.js";
import { bytes } from "../../report/numbers.js";
import { addCommonOptions, count, examples, type CommonOptions } from "../../terminal/options.js";
import { toStdout } from "../../terminal/stdout.js";

interface GetOptions extends CommonOptions, OwnOptions {
  readonly fact: number;
  readonly pretty: boolean;
}

export function configure(command: Command): Command {
  command
    .argument("<folder>", "a run")
    .requiredOption(
      "--fact <n>",
      "its number: of generated facts their index, of others their place in the input, from 0",
      count(0),
    )
    .option("--pretty", "over many lines", false);
  addOwnOptions(command);
  return addCommonOptions(command)
    .addHelpText(
      "after",
      examples("hellfact get events --fact 123456", "hellfact get events --fact 7 --pretty"),
    )
    .action(run);
}

async function run(folder: string, options: GetOptions): Promise<void> {
  const own = await checkedPlugins(options);
  const picked = await pickFact(folder, options.fact, own);
  await toStdout(`${JSON.stringify(picked.fact, null, options.pretty ? 2 : 0)}\n`);
  if (options.quiet) return;
  const { file, place, decoded, bytesRead } = picked;
  console.error(
    `hellfact: fact ${place} of ${file}; ${bytes(bytesRead)} read, ${decoded} ${decoded === 1 ? "fact" : "facts"} decoded`,
  );
}
