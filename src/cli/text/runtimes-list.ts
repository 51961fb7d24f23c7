import { borderless, INDENT, onScreen } from "../../report/layout.js";
import { bytes } from "../../report/numbers.js";

interface Listed {
  readonly family: string;
  readonly version: string;
  readonly bytes: number;
}

/** What is in a cache of runtimes. Ends with a newline. */
export function runtimesTable(listed: readonly Listed[], cache: string): string {
  if (listed.length === 0) {
    return `${INDENT}No runtimes in ${cache}. Add one with hellfact runtimes add node@24.\n`;
  }
  const table = borderless({ colAligns: ["left", "right"] });
  for (const { family, version, bytes: size } of listed) {
    table.push([`${family}@${version}`, bytes(size)]);
  }
  const lines = [...table.toString().split("\n"), "", `in ${cache}`];
  return `${onScreen(lines)}\n`;
}
