import type { Case, Outcome } from "./case.js";

/** Words that nobody should read on a screen: values that went astray, and errors that nobody foresaw. */
const ASTRAY = /\bNaN\b|\[object \w+\]|\bundefined\b|\bInfinity\b/;
const UNFORESEEN =
  /HELLFACT_DEBUG|Cannot read propert|is not a function|is not iterable|call stack|^\s+at .+[:(]\d+/m;
// oxlint-disable-next-line no-control-regex
const RAW = /[\u0000-\u0008\u000b-\u001f\u007f\u009b]/;

/** Whether a value went astray in a line, beside those that were given and come back. */
function isAstray(line: string, { words = [], fine }: Case): boolean {
  if (!ASTRAY.test(line) || fine?.test(line) === true) return false;
  const given = words.map((word) => word.replace(/^--[\w-]+=/, "")).filter((word) => word !== "");
  return ASTRAY.test(given.reduce((left, word) => left.replaceAll(word, ""), line));
}

/** Why a case does not hold; `undefined` if it does. */
export function fault(tried: Case, outcome: Outcome): string | undefined {
  const { code, stdout, stderr, halves, orphans, seconds } = outcome;
  if (code === null) return `it did not end within ${Math.round(seconds)} s`;
  if (!tried.exits.includes(code))
    return `exit ${code}, not ${tried.exits.join(" or ")}: ${stderr}`;
  if (UNFORESEEN.test(stderr)) return `an error that nobody foresaw: ${stderr}`;
  if (RAW.test(stderr)) return "controls in standard error";
  if (RAW.test(stdout)) return "controls in standard output";
  const wrong = `${stdout}\n${stderr}`.split("\n").find((one) => isAstray(one, tried));
  if (wrong !== undefined) return `astray: ${wrong}`;
  if (tried.never?.test(stdout) === true) return `it printed ${String(tried.never)}`;
  if (code === 2) {
    const lines = stderr.split("\n").filter((line) => line !== "");
    if (lines.length > (tried.lines ?? 1)) return `${lines.length} lines: ${stderr}`;
    if (!/^hellfact: .{8}/.test(lines.at(-1) ?? "")) return `no clear line: ${stderr}`;
    if (stdout !== "") return "half a result on standard output";
  }
  if (halves.length > 0) return `it left ${halves.join(", ")}`;
  return orphans > 0 ? `${orphans} processes outlived it` : undefined;
}
