/** What the machine did beside the trials of a comparison. */
import { mean } from "simple-statistics";
import { othersCores } from "../../../../verdict/others.js";
import type { ResultDocument } from "../../document.js";

/** Cores' worth of other work, or of time taken away, that a reader has to know of. */
const WORTH_TELLING = 0.2;

/** What disturbed the trials, or `undefined` where nothing did that counters tell of. */
export function disturbanceText({ scenarios }: ResultDocument): string | undefined {
  const trials = scenarios.flatMap((scenario) => scenario.trials);
  const average = (values: readonly (number | null)[]) => {
    const known = values.filter((value) => value !== null);
    return known.length === 0 ? 0 : mean(known);
  };
  const others = average(
    trials.map(({ counters, wallSeconds }) => othersCores(counters, wallSeconds)),
  );
  const stolen = average(
    trials.map(({ counters, wallSeconds }) =>
      counters.stolenSeconds == null ? null : counters.stolenSeconds / wallSeconds,
    ),
  );
  const told = [
    ...(others >= WORTH_TELLING ? [`other processes used ${others.toFixed(1)} cores`] : []),
    ...(stolen >= WORTH_TELLING ? [`the hypervisor took ${stolen.toFixed(1)} cores`] : []),
  ];
  return told.length === 0 ? undefined : told.join(", ");
}
