import type { ResultDocument } from "../document.js";
import { meaningOf } from "../report/causal.js";
import { significant } from "../../../report/numbers.js";
import { markup } from "../../../report/page/markup.js";
import type { Section } from "../../../report/page/section.js";
import { dataTable } from "../../../report/page/table.js";
import { writeName } from "../report/write-name.js";

/** What delays that were put into stages on purpose did to the whole. */
export function causalSection(document: ResultDocument): Section | undefined {
  const rows = document.scenarios.flatMap((scenario) =>
    (scenario.causal ?? []).map((effect) => ({
      codec: scenario.codec,
      cells: [
        writeName(document, scenario),
        effect.stage,
        effect.slope.median.toFixed(2),
        effect.slope.high === null || effect.slope.low === null
          ? ""
          : `${effect.slope.low.toFixed(2)} to ${effect.slope.high.toFixed(2)}`,
        significant(effect.slackSeconds * 1e6),
        meaningOf(effect),
      ],
    })),
  );
  if (rows.length === 0) return undefined;
  const table = dataTable({
    caption: "Seconds of time for each second of delay: 1 is critical, 0 is hidden",
    columns: [
      { head: "what", align: "left" },
      { head: "stage", align: "left" },
      { head: "slope, s per s", align: "right" },
      { head: "95 %", align: "right" },
      { head: "hidden, µs a fact", align: "right" },
      { head: "which means", align: "left" },
    ],
    rows,
  });
  const body = markup`<p>Delays were put into one stage at a time, to see what comes of them.</p>${table}`;
  return { id: "causal", title: "What a slower stage would do", body };
}
