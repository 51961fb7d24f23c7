import { median } from "simple-statistics";
import { proportion } from "../../../stats/proportion.js";
import { borderless, onScreen, wrapped } from "../../../report/layout.js";
import { percent, significant } from "../../../report/numbers.js";

/** Gates of one kind, counted. */
interface Counted {
  readonly kind: string;
  readonly counts: Readonly<Record<"pass" | "fail" | "inconclusive", number>>;
  readonly seconds: readonly number[];
}

/** How often gates between variants of known difference failed, with 95 % intervals. Ends with a newline. */
export function selfTestText(results: readonly Counted[]): string {
  const table = borderless({
    gap: 3,
    colAligns: ["left", "right", "right", "right", "right", "right", "right"],
  });
  table.push(["candidate", "gates", "FAIL", "????", "PASS", "FAIL %, 95 %", "median s"]);
  for (const { kind, counts, seconds } of results) {
    const gates = counts.pass + counts.fail + counts.inconclusive;
    if (gates === 0) continue;
    const { low, high } = proportion(counts.fail, gates);
    table.push([
      kind,
      ...[gates, counts.fail, counts.inconclusive, counts.pass].map(String),
      `${percent(low)} to ${percent(high)}`,
      significant(median([...seconds])),
    ]);
  }
  const lines = [
    ...table.toString().split("\n"),
    "",
    ...wrapped(
      "unchanged must never FAIL; 5 % slower should FAIL 9 times in 10, 10 % slower 19 in 20; 3 % is between what is tolerated and what is told, and any answer to it is right.",
    ),
  ];
  return `\n${onScreen(lines)}\n\n`;
}
