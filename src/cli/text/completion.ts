/** Scripts that complete commands, options and what options take, for three shells. */
import type { ToldCommand } from "../told-command.js";

/** For `bash-completion`, or to be sourced. */
export function bashScript(commands: readonly ToldCommand[]): string {
  const options = commands.map(
    ({ name, options: all }) => `    ${name}) words="${all.map(({ long }) => long).join(" ")}" ;;`,
  );
  const choices = choicesOf(commands).map(
    ([name, long, values]) => `    ${name}:${long}) words="${values.join(" ")}" ;;`,
  );
  return `# bash completion for hellfact
_hellfact() {
  local current="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" command="\${COMP_WORDS[1]}" words=""
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "${commands.map(({ name }) => name).join(" ")}" -- "$current"))
    return
  fi
  case "$command:$before" in
${choices.join("\n")}
  esac
  if [ -z "$words" ] && [ "\${current#-}" != "$current" ]; then
    case "$command" in
${options.map((line) => `  ${line}`).join("\n")}
    esac
  fi
  if [ -n "$words" ]; then COMPREPLY=($(compgen -W "$words" -- "$current")); else COMPREPLY=($(compgen -f -- "$current")); fi
}
complete -o filenames -F _hellfact hellfact
`;
}

/** To be put into a folder of `fpath` as `_hellfact`, or to be sourced after `compinit`. */
export function zshScript(commands: readonly ToldCommand[]): string {
  const names = commands.map(({ name, summary }) => `    ${quoted(`${name}:${summary}`)}`);
  const cases = commands.map(({ name, options }) => {
    const specs = options.map(({ long, description, takesValue, choices }) => {
      const value = choices.length > 0 ? `:value:(${choices.join(" ")})` : ":value:_files";
      const text = description.replaceAll(/[[\]:]/g, "\\$&");
      return `      ${quoted(`${long}[${text}]${takesValue ? value : ""}`)}`;
    });
    return `    ${name}) _arguments \\\n${[...specs, `      "*:file:_files"`].join(" \\\n")} ;;`;
  });
  return `#compdef hellfact
_hellfact() {
  local -a commands=(
${names.join("\n")}
  )
  if (( CURRENT == 2 )); then _describe command commands; return; fi
  local command=$words[2]
  shift words; (( CURRENT-- ))
  case $command in
${cases.join("\n")}
  esac
}
if [ "$funcstack[1]" = "_hellfact" ]; then _hellfact "$@"; else compdef _hellfact hellfact; fi
`;
}

/** For `~/.config/fish/completions`. */
export function fishScript(commands: readonly ToldCommand[]): string {
  const lines = commands.flatMap(({ name, summary, options }) => [
    `complete -c hellfact -n __fish_use_subcommand -f -a ${name} -d ${quoted(summary)}`,
    ...options.map(({ long, description, takesValue, choices }) => {
      const value = choices.length > 0 ? ` -x -a ${quoted(choices.join(" "))}` : " -r";
      const takes = takesValue ? value : "";
      const when = `-n ${quoted(`__fish_seen_subcommand_from ${name}`)}`;
      return `complete -c hellfact ${when} -l ${long.slice(2)}${takes} -d ${quoted(description)}`;
    }),
  ]);
  return `# fish completion for hellfact\n${lines.join("\n")}\n`;
}

function choicesOf(commands: readonly ToldCommand[]): [string, string, readonly string[]][] {
  return commands.flatMap(({ name, options }) =>
    options.flatMap(({ long, choices }): [string, string, readonly string[]][] =>
      choices.length === 0 ? [] : [[name, long, choices]],
    ),
  );
}

/** A word in single quotes, as all three shells read it. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "’")}'`;
}
