/** What a file of jobs says: parts, stages, and jobs beside those that stages have for each part. */
import type { StageDefinition, JobDefinition, Definition } from "./definition.js";
import { partsIn, RANGE_PROBLEM } from "./parts.js";
import { readyMade } from "./ready-made.js";
import { Place } from "./yaml-place.js";
import { duration } from "../../../terminal/options.js";

const STAGE_FIELDS = ["permits", "run", "output", "after", "afterAll", "retries", "timeout"];

/**
 * Reads a file of jobs.
 *
 * @param cores permits of a stage that does not say how many it has
 * Throws an `InputError` naming the file, the line and the field.
 */
export function readJobsFile(file: string, text: string, cores: number): Definition {
  const top = Place.ofFile(file, text).fields(["parts", "stages", "jobs"]);
  const stagesPlace = top.get("stages");
  if (stagesPlace === undefined) {
    return Place.ofFile(file, text).refuse(
      "stages: is not there. It takes a stage, such as stages: {import: {run: ./import}}.",
    );
  }
  const parts = top.get("parts");
  const stages = [
    ...stagesPlace.map("It takes stages by their names, such as import: {run: ./import}."),
  ].map(([name, place]) => stageOf(name, place, cores));
  return {
    parts: parts === undefined ? [] : partsOf(parts),
    stages,
    jobs:
      top
        .get("jobs")
        ?.items()
        .map((place) => jobOf(place)) ?? [],
    refuse: (stage, problem) => (stagesPlace.map("").get(stage) ?? stagesPlace).refuse(problem),
  };
}

function stageOf(name: string, place: Place, cores: number): StageDefinition {
  if (!/^[A-Za-z][A-Za-z0-9_-]*$/.test(name)) {
    place.refuse("takes letters, digits, - and _ as the name of a stage, such as import.");
  }
  const fields = place.isMap ? place.fields(STAGE_FIELDS) : new Map<string, Place>();
  if (!place.isMap) place.refuse(`takes ${STAGE_FIELDS.join(", ")}, such as run: ./import {part}.`);
  // Who says what it runs says all of it.
  const ready = fields.has("run") ? undefined : readyMade(name);
  const timeout = fields.get("timeout");
  return {
    name,
    permits: fields.get("permits")?.whole(0) ?? ready?.permits ?? cores,
    run: fields.get("run")?.text("./import {part}") ?? ready?.run ?? null,
    output: fields.get("output")?.text("data/{part}.json") ?? ready?.output ?? null,
    after: fields.has("after") ? namesOf(fields.get("after")) : (ready?.after ?? []),
    afterAll: namesOf(fields.get("afterAll")),
    retries: fields.get("retries")?.whole(0) ?? 0,
    timeoutSeconds: timeout === undefined ? null : secondsOf(timeout),
  };
}

function jobOf(place: Place): JobDefinition {
  const fields = place.fields(["stage", "part", "run", "output"]);
  const need = (name: string, right: string) => {
    const field = fields.get(name);
    return field === undefined
      ? place.refuse(`has no ${name}. It takes one, such as ${name}: ${right}.`)
      : field.text(right);
  };
  return {
    stage: need("stage", "import"),
    part: fields.get("part")?.text("monday") ?? null,
    run: need("run", "./import monday"),
    output: fields.get("output")?.text("data/monday.json") ?? null,
    refuse: (problem) => place.refuse(problem),
  };
}

function namesOf(place: Place | undefined): string[] {
  return place?.items().map((item) => item.text("import")) ?? [];
}

function secondsOf(place: Place): number {
  const text = place.text("10m");
  try {
    return duration(text);
  } catch {
    return place.refuse(`takes a time with its unit, such as 90s or 10m, and not ${text}.`);
  }
}

/** Names, or a range of numbers: `1..100`, `001..100`. */
function partsOf(place: Place): string[] {
  const parts = place
    .items()
    .flatMap((item) => partsIn(item.text("1..100")) ?? item.refuse(RANGE_PROBLEM));
  const seen = new Set<string>();
  for (const part of parts) {
    if (seen.has(part)) place.refuse(`has ${part} twice. Each part is named once.`);
    seen.add(part);
  }
  return parts;
}
