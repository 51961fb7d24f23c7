import { firstLine } from "../../../core/errors.js";
import type { Cell } from "../document.js";
import { EXACT, changed, judge } from "./judge.js";
import { decodedText, roundTrips, type Pair, type Trip } from "./round-trip.js";
import { say } from "./say.js";
import type { Value } from "./value.js";

const NO_SCHEMA: Cell = { outcome: "refused", detail: "no JSON Schema can say it" };
const NOT_ASKED: Cell = { outcome: "not-asked", detail: null };

/** Puts one value through a codec, in this process, and judges what comes back. */
export function examine(pair: Pair, { put }: Value): Cell {
  switch (put.kind) {
    case "value": {
      const schema = put.schema();
      const needsSchema = pair.codec.needsSchema || pair.writer.needsSchema;
      if (needsSchema && schema === null) return NO_SCHEMA;
      const options = needsSchema && schema !== null ? { schema: inFact(schema) } : {};
      const fact = { value: put.make() };
      const [trip] = roundTrips(pair, [fact], options);
      return trip === undefined ? NOT_ASKED : judgeTrip(pair, { value: put.make() }, trip, put);
    }
    case "numbers":
      return examineNumbers(pair, put.make());
    case "text": {
      if (pair.codec.format !== "json") return NOT_ASKED;
      const trip = decodedText(pair.codec, put.text, { schema: inFact({ type: "number" }) });
      if ("stage" in trip) return { outcome: "refused", detail: firstLine(trip.error) };
      return pollution() ?? put.judge((trip.back as { value?: unknown } | null)?.value);
    }
  }
}

/** Each number in a fact of its own; the first that is not exact speaks for all. */
function examineNumbers(pair: Pair, numbers: readonly number[]): Cell {
  const options = { schema: inFact({ type: "number" }) };
  const trips = roundTrips(
    pair,
    numbers.map((value) => ({ value })),
    pair.codec.needsSchema || pair.writer.needsSchema ? options : {},
  );
  const cells = trips.map((trip, index) => judgeTrip(pair, { value: numbers[index] }, trip));
  const wrong = cells.filter(({ outcome }) => outcome !== "exact");
  const [first] = wrong;
  if (first === undefined) return EXACT;
  const number = say(numbers[cells.indexOf(first)]);
  const count = `${wrong.length} of ${numbers.length}`;
  return { outcome: first.outcome, detail: `${count}, first ${number}: ${first.detail ?? ""}` };
}

function inFact(value: object) {
  const closed = { title: "Fact", type: "object", additionalProperties: false };
  return { ...closed, properties: { value }, required: ["value"] };
}

function judgeTrip(pair: Pair, fact: object, trip: Trip, options = {}): Cell {
  if ("stage" in trip) return refusal(pair, trip);
  return pollution() ?? judge(fact, trip.back, options);
}

/**
 * A codec that says no before anything is written refuses. One that reads what another codec wrote
 * may refuse, too; but what it wrote itself, it must be able to read.
 */
function refusal(
  { codec, writer }: Pair,
  { stage, error }: Extract<Trip, { stage: string }>,
): Cell {
  const said = firstLine(error);
  if (stage !== "read") {
    return { outcome: "refused", detail: codec === writer ? said : `${writer.name}: ${said}` };
  }
  return { outcome: codec === writer ? "unreadable" : "refused", detail: said };
}

/** That decoding left something on the prototype of all objects; takes it away again. */
function pollution(): Cell | undefined {
  const [added] = Object.keys(Object.prototype);
  if (added === undefined) return undefined;
  delete (Object.prototype as Record<string, unknown>)[added];
  return changed(`pollutes Object.prototype with ${say(added)}`);
}
