/**
 * What a report page costs: made of the latest comparison, repeated under other names until it has a
 * hundred scenarios.
 */
import { pageOf } from "../src/terminal/page.js";
import { bytes, significant } from "../src/report/numbers.js";
import type { ResultDocument } from "../src/studies/compare/document.js";
import { comparisonPage } from "../src/studies/compare/page/page.js";
import { loadResults } from "../src/studies/compare/load.js";
import { latestDocument } from "../src/results/save.js";

const SCENARIOS = 100;
const TIMES = 7;

const path = process.argv[2] ?? latestDocument("out", "compare");
const document = enlarged(loadResults(path));
const seconds: number[] = [];
let length = 0;
for (let time = 0; time < TIMES; time++) {
  const startedAt = performance.now();
  length = Buffer.byteLength(pageOf([{ name: path, document, form: comparisonPage }]));
  seconds.push((performance.now() - startedAt) / 1000);
}
const [first = 0, ...others] = seconds;
const middle = others.toSorted((a, b) => a - b)[Math.floor(others.length / 2)] ?? 0;
console.log(
  ` a page of ${document.scenarios.length} scenarios: ${bytes(length)}, ` +
    `the first made in ${significant(first)} s, then in ${significant(middle)} s each (median of ${others.length})`,
);

function enlarged(small: ResultDocument): ResultDocument {
  const copies = Math.ceil(SCENARIOS / small.scenarios.length);
  const renamed = (name: string, copy: number) => (copy === 0 ? name : `${name}-${copy + 1}`);
  const numbers = Array.from({ length: copies }, (_, copy) => copy);
  return {
    ...small,
    configuration: {
      ...small.configuration,
      codecs: numbers.flatMap((copy) =>
        small.configuration.codecs.map((name) => renamed(name, copy)),
      ),
    },
    scenarios: numbers
      .flatMap((copy) =>
        small.scenarios.map((scenario) => ({ ...scenario, codec: renamed(scenario.codec, copy) })),
      )
      .slice(0, SCENARIOS),
  };
}
