/** Words that this version still takes in their old spelling, and what they are called now. */

const COMMANDS = new Map([["story", "break-even"]]);
const OPTIONS = new Map([
  ["--grain", "--unit"],
  ["--arm", "--configuration"],
]);

/** A command line in the words of this version, and what is to be said of those that are not. */
export function inNewWords(words: readonly string[]): {
  readonly words: readonly string[];
  readonly notes: readonly string[];
} {
  const notes: string[] = [];
  const renamed = words.map((word, index) => {
    const [name = "", ...value] = word.split("=");
    const now = index === 0 ? COMMANDS.get(word) : OPTIONS.get(name);
    if (now === undefined) return word;
    notes.push(`${index === 0 ? word : name} is called ${now} now; this version takes both`);
    return [now, ...value].join("=");
  });
  return { words: renamed, notes };
}
