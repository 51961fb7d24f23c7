/** Several comparisons beside each other. */
import type { ResultDocument } from "../document.js";
import type { ScenarioResult } from "../../../trial/result.js";
import { choiceName } from "../../../report/names.js";
import { significant } from "../../../report/numbers.js";
import { ratioOf } from "../report/rows.js";
import { markup, type Markup } from "../../../report/page/markup.js";
import type { NamedDocument } from "../../../report/page/section.js";
import { dataTable } from "../../../report/page/table.js";

type Named = NamedDocument<ResultDocument>;

const DIRECTIONS = ["write", "read"] as const;

/**
 * Rates of several comparisons in columns. Of one machine they are absolute; of different machines
 * each stands as a ratio to the `json` of its own document, because nothing else compares.
 */
export function sideBySide(all: readonly Named[]): Markup {
  const isOneMachine = new Set(all.map(({ document }) => machineOf(document))).size === 1;
  const isOnePayload = new Set(all.map(({ document }) => payloadOf(document))).size === 1;
  const warnings = [
    ...(isOneMachine
      ? []
      : [
          "These were measured on different machines. Every figure is a ratio to the uncompressed json of its own document; facts per second of different machines say nothing about codecs.",
        ]),
    ...(isOnePayload
      ? []
      : ["These were measured on different facts, which alone can change every figure."]),
  ];
  return markup`${warnings.map((text) => markup`<p class="warning">${text}</p>`)}
<ul>${all.map(({ name, document: { environment, payload, createdAt } }) => markup`<li><b>${name}</b>: ${environment.cpuModel}, ${environment.cores} cores, Node ${environment.node}; ${payload.source}; ${createdAt}</li>`)}</ul>
${DIRECTIONS.map((direction) => ratesTable(all, direction, isOneMachine))}`;
}

function ratesTable(
  all: readonly Named[],
  direction: (typeof DIRECTIONS)[number],
  isAbsolute: boolean,
): Markup | undefined {
  const found = all.map(({ document }) => measured(document, direction));
  const names = [...new Set(found.flatMap((scenarios) => [...scenarios.keys()]))];
  if (names.length === 0) return undefined;
  const unit = isAbsolute ? "facts/s" : "× its json";
  return dataTable({
    caption: `${direction === "write" ? "Write" : "Read back"}, ${unit}, with its 95 % interval`,
    columns: [
      { head: "what", align: "left" },
      ...all.map(({ name }) => ({ head: `${name}, ${unit}`, align: "right" as const })),
    ],
    rows: names.map((name) => ({
      codec: name.split(" ")[0] ?? name,
      cells: [
        name,
        ...found.map((scenarios) => {
          const scenario = scenarios.get(name);
          if (scenario === undefined) return "-";
          return isAbsolute ? absolute(scenario) : relative(scenario, scenarios.get("json"));
        }),
      ],
    })),
  });
}

function measured(
  { scenarios }: ResultDocument,
  direction: ScenarioResult["direction"],
): Map<string, ScenarioResult> {
  const found = new Map<string, ScenarioResult>();
  for (const scenario of scenarios) {
    const name = choiceName(scenario);
    if (scenario.direction !== direction || scenario.factsPerSecond === null) continue;
    if (!found.has(name)) found.set(name, scenario);
  }
  return found;
}

function absolute({ factsPerSecond }: ScenarioResult): string {
  if (factsPerSecond === null) return "-";
  const { median, low, high } = factsPerSecond;
  return withInterval(median, low, high ?? Infinity);
}

function relative(scenario: ScenarioResult, json: ScenarioResult | undefined): string {
  if (json === undefined) return "no json to compare with";
  if (json === scenario) return "1";
  const ratio = ratioOf(scenario, json);
  if (ratio !== undefined) return withInterval(ratio.median, ratio.low, ratio.high);
  const [own, other] = [scenario.factsPerSecond?.median, json.factsPerSecond?.median];
  return own === undefined || other === undefined ? "-" : `${significant(own / other)} (?)`;
}

function withInterval(median: number, low: number, high: number): string {
  const range = Number.isFinite(high) ? `${significant(low)} to ${significant(high)}` : "?";
  return `${significant(median)} (${range})`;
}

/** What makes two documents comparable in facts per second. */
function machineOf({ environment }: ResultDocument): string {
  const { cpuModel, cores, cpuQuota, memoryBytes, architecture, platform } = environment;
  return JSON.stringify([cpuModel, cores, cpuQuota, memoryBytes, architecture, platform]);
}

function payloadOf({ payload, configuration }: ResultDocument): string {
  return JSON.stringify([payload.source, payload.jsonBytesPerFact, configuration.seed]);
}
