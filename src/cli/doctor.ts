import type { Command } from "commander";
import { jsonText } from "../core/foreign-text.js";
import { diagnose } from "../machine/diagnosis.js";
import { environmentFingerprint } from "../machine/environment.js";
import { doctorReport } from "./text/doctor.js";
import { addCommonOptions, examples, type CommonOptions } from "../terminal/options.js";
import { diagnoseStudies } from "../studies/registry.js";
import { colorsOn } from "../terminal/terminal.js";

export function configure(command: Command): Command {
  return addCommonOptions(command)
    .addHelpText("after", examples("hellfact doctor", "hellfact doctor --json"))
    .action(run);
}

async function run(options: CommonOptions): Promise<void> {
  const findings = [...(await diagnose(options.out)), ...(await diagnoseStudies())];
  const environment = environmentFingerprint([]);
  const text = options.json
    ? `${jsonText({ environment, findings })}\n`
    : doctorReport(environment, findings, { colors: colorsOn(process.stdout) });
  process.stdout.write(text);
}
