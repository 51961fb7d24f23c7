/** The manual page, from what `--help` says. */
import type { ToldCommand } from "../told-command.js";

const EXIT_STATUS: readonly (readonly [string, string])[] = [
  ["0", "done; the gate passed"],
  ["1", "it failed, or the gate failed"],
  ["2", "the command line or an input is wrong"],
  ["3", "the gate is inconclusive"],
  ["130", "interrupted: what was measured so far is kept"],
];

/** Its source, in the macros of man(7). */
export function manPage(commands: readonly ToldCommand[], version: string): string {
  return [
    `.TH HELLFACT 1 "" "hellfact ${version}"`,
    ...[".SH NAME", `hellfact \\- what serializing events costs, and what is in the way`],
    ...[".SH SYNOPSIS", ".B hellfact", ".I command", "[options]"],
    ".SH COMMANDS",
    ...commands.flatMap(({ name, summary }) => [".TP", `.B ${roff(name)}`, roff(summary)]),
    ...commands.flatMap(section),
    ".SH EXIT STATUS",
    ...EXIT_STATUS.flatMap(([code, meaning]) => [".TP", `.B ${code}`, meaning]),
    ".SH ENVIRONMENT",
    ...[".TP", ".B NO_COLOR", "prints without colours where it is set"],
    ...[".TP", ".B HELLFACT_DEBUG", "shows where an error came from where it is 1"],
    "",
  ].join("\n");
}

function section({ name, usage, summary, options, examples }: ToldCommand): string[] {
  return [
    `.SH ${roff(name.toUpperCase())}`,
    `.B hellfact ${roff(usage)}`,
    ...[".PP", roff(`${summary}.`)],
    ...options.flatMap(({ term, description }) => [".TP", `.B ${roff(term)}`, roff(description)]),
    ...(examples.length === 0 ? [] : [".PP", "Examples:", ".nf", ...examples.map(roff), ".fi"]),
  ];
}

/** Text in which nothing is a request or an escape. */
function roff(text: string): string {
  return text
    .replaceAll("\\", "\\e")
    .replaceAll("-", "\\-")
    .replace(/^([.'])/, "\\&$1");
}
