import { expect, test } from "vitest";
import { imaginedDocument } from "../../../testing/document.js";
import type { ScenarioResult } from "../../../trial/result.js";
import { settled } from "./settled.js";

const { scenarios } = await imaginedDocument({
  // As many bytes, and half as fast: nobody needs it.
  rate: ({ codec }) => (codec === "fast-json-stringify" ? 500 : 1000),
  noise: 0.001,
});
const measured = scenarios.filter(({ status }) => status === "ok");
const isSettled = settled(measured);
const those = (is: (scenario: ScenarioResult) => boolean) =>
  measured.flatMap((scenario, index) => (is(scenario) ? [isSettled[index]] : []));

test("what another row of as many bytes beats needs no more trials, nor what no row leads with", () => {
  const beaten = those(({ codec }) => codec === "fast-json-stringify");
  expect(beaten.length).toBeGreaterThan(0);
  expect(beaten).not.toContain(false);
  const beside = those(({ direction }) => direction === "project");
  expect(beside.length).toBeGreaterThan(0);
  expect(beside).not.toContain(false);
  const others = those(({ engine, codec }) => codec === "json" && engine === "zlib-sync");
  expect(others).toEqual(others.map(() => true));
});

test("json and what may still win go on", () => {
  const goOn = those(
    ({ codec, direction, engine }) =>
      ["json", "msgpackr-records"].includes(codec) &&
      ["write", "read"].includes(direction) &&
      engine !== "zlib-sync",
  );
  expect(goOn.length).toBeGreaterThan(3);
  expect(goOn).not.toContain(true);
});
