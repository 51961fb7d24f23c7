/** The manual page, from what `--help` says. */
import type { ToldCommand, ToldOption } from "../told-command.js";

const EXIT_STATUS: readonly (readonly [string, string])[] = [
  ["0", "done; the gate passed"],
  ["1", "it failed, or the gate failed"],
  ["2", "the command line or an input is wrong"],
  ["3", "the gate is inconclusive"],
  ["130", "interrupted: what was measured so far is kept"],
];

/** Its source, in the macros of man(7). What nearly all commands take is told once. */
export function manPage(commands: readonly ToldCommand[], version: string): string {
  const common = commonOptions(commands);
  const isOwn = (option: ToldOption) => !common.some((one) => isSame(one, option));
  return [
    `.TH HELLFACT 1 "" "hellfact ${version}"`,
    ...[".SH NAME", `hellfact \\- what serializing events costs, and what is in the way`],
    ...[".SH SYNOPSIS", ".B hellfact", ".I command", "[options]"],
    ".SH COMMANDS",
    ...commands.flatMap(({ name, summary }) => [".TP", `.B ${roff(name)}`, roff(summary)]),
    ".SH COMMON OPTIONS",
    "Nearly all commands take these.",
    ...common.flatMap(entry),
    ...commands.flatMap((command) =>
      section({ ...command, options: command.options.filter(isOwn) }),
    ),
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
    ...options.flatMap(entry),
    ...(examples.length === 0 ? [] : [".PP", "Examples:", ".nf", ...examples.map(roff), ".fi"]),
  ];
}

function entry({ term, description }: ToldOption): string[] {
  return [".TP", `.B ${roff(term)}`, roff(description)];
}

/** Options that most commands have, alike. */
function commonOptions(commands: readonly ToldCommand[]): ToldOption[] {
  const all = commands.flatMap(({ options }) => options);
  const first = all.filter((option, at) => all.findIndex((one) => isSame(one, option)) === at);
  return first.filter(
    (option) => all.filter((one) => isSame(one, option)).length > commands.length / 2,
  );
}

function isSame(one: ToldOption, other: ToldOption): boolean {
  return one.term === other.term && one.description === other.description;
}

/** Text in which nothing is a request or an escape. */
function roff(text: string): string {
  return text
    .replaceAll("\\", "\\e")
    .replaceAll("-", "\\-")
    .replace(/^([.'])/, "\\&$1");
}
