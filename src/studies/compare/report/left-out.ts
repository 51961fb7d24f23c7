/** Scenarios for which there was no time. */
import { significant } from "../../../report/numbers.js";
import type { ResultDocument } from "../document.js";
import type { ScenarioResult } from "../../../trial/result.js";

/** How the schedule begins the reason of what it made no trial of. */
const NOT_MEASURED = "not measured";

export function isLeftOut({ status, reason }: ScenarioResult): boolean {
  return status === "failed" && reason?.startsWith(NOT_MEASURED) === true;
}

/** How many there are, in a line; `undefined` where every one was measured. */
export function leftOutText({
  scenarios,
  configuration,
  complete,
}: ResultDocument): string | undefined {
  const left = scenarios.filter(isLeftOut);
  const measured = scenarios.filter(({ status }) => status === "ok");
  if (left.length === 0) return undefined;
  const all = left.length + measured.length;
  const why = complete
    ? `the budget of ${significant(configuration.budgetSeconds)} s ended before`
    : "it was stopped before";
  return `${left.length} of ${all} scenarios were not measured: ${why}`;
}
