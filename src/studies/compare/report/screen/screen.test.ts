import { describe, expect, test } from "vitest";
import { imaginedDocument } from "../../../../testing/document.js";
import { judgedDocument } from "../../../../testing/judged-document.js";
import type { ScenarioResult } from "../../../../trial/result.js";
import type { ResultDocument } from "../../document.js";
import { markdownReport } from "../markdown.js";
import { textReport } from "../text.js";
import { screenText } from "./screen.js";

/** protobuf 3 × json, msgpackr as json, everything else half of it; gzip a third. */
const rate = ({ codec, compressor }: ScenarioResult) =>
  ({ protobuf: 12_000, json: 4_000, msgpackr: 4_000 })[codec] ??
  2_000 / (compressor === "none" ? 1 : 3);
const shown = (document: ResultDocument) => screenText(document, { colors: false });

/** The same on a machine of which other processes used some cores. */
function disturbed(document: ResultDocument, cores: number): ResultDocument {
  const scenarios = document.scenarios.map((scenario) => ({
    ...scenario,
    trials: scenario.trials.map((trial) => {
      const { userSeconds, systemSeconds } = trial.counters;
      const machineSeconds = userSeconds + systemSeconds + 0.02 + cores * trial.wallSeconds;
      return { ...trial, counters: { ...trial.counters, machineSeconds } };
    }),
  }));
  return { ...document, scenarios };
}

describe("the first screen", () => {
  test("fits thirty lines of a hundred columns, whatever it has to say", async () => {
    const warnings = ["x".repeat(200), "y", "z"];
    for (const noise of [0.01, 1.9]) {
      for (const trials of [1, 9]) {
        const one = await imaginedDocument({ rate, noise, trials });
        const lines = shown({ ...one, warnings, complete: false })
          .trimEnd()
          .split("\n");
        expect(lines.length).toBeLessThanOrEqual(30);
        for (const line of lines) expect(line.length, line).toBeLessThanOrEqual(100);
      }
    }
  });

  test("begins with what to take, by its ratio to json in the same rounds", async () => {
    const text = shown(await imaginedDocument({ rate, noise: 0.01, trials: 9 }));
    expect(text).toMatch(/^ Write mostly → protobuf.* 3\.\d+ × json \(2\.9\d–3\.0\d\)/m);
    expect(text).toMatch(/^ Read mostly {2}→ protobuf/m);
    expect(text).not.toContain("No winner");
    expect(text).toContain("Steady machine, 9 trials each");
  });

  test("keeps figures of the answer in columns, however long the names of a tie are", async () => {
    const fast = ["msgpackr-records", "compiled-json", "fast-json-stringify"];
    for (const tied of [2, 3]) {
      const tie = ({ codec, compressor }: ScenarioResult) =>
        compressor === "none" && fast.slice(0, tied).includes(codec) ? 12_000 : 2_000;
      const text = shown(await imaginedDocument({ rate: tie, noise: 0.001, trials: 9 }));
      const lines = text.split("\n").filter((line) => / → .* % of its bytes$/.test(line));
      expect(lines.length).toBeGreaterThan(1);
      expect(new Set(lines.map((line) => line.length)).size, text).toBe(1);
      expect(lines[0]?.length).toBeLessThanOrEqual(100);
      const figures = lines.flatMap((line) => /  (?=\d+\.\d+ (?:×|kB))/.exec(line)?.index ?? []);
      expect(new Set(figures).size, text).toBe(1);
    }
  });

  test("says first that nothing won, and why, where intervals leave it open", async () => {
    const noisy = await imaginedDocument({ rate: () => 4_000, noise: 1.5, trials: 9 });
    const text = shown(disturbed(noisy, 0.9));
    const first = text.split("\n").slice(2, 5).join(" ").replaceAll(/ +/g, " ");
    expect(first).toMatch(
      /No winner for writing and reading|No winner for writing: \d+ are not significantly different, intervals ± \d+ to \d+ %/,
    );
    expect(first).toContain("other processes used 0.9 cores. Sizes are exact.");
    expect(text).not.toContain("Write mostly");
    expect(text).toContain("Disturbed machine");
  });

  test("tells no gain over json where that is one of those that are level", async () => {
    const level = ({ codec, compressor }: ScenarioResult) =>
      ["json", "protobuf"].includes(codec) && compressor === "none" ? 4_000 : 1_000;
    const text = shown(await imaginedDocument({ rate: level, noise: 0.02, trials: 9 }));
    expect(text).toMatch(/^ Read mostly {2}→ json ≈ protobuf +no significant gain/m);
    expect(text).not.toContain("× json");
  });

  test("says why what was tried has failed", async () => {
    const whole = await imaginedDocument({ rate, noise: 0.01, trials: 9 });
    const reason = "fact 3 does not come back as it was: $.__proto__ is missing";
    const scenarios = whole.scenarios.map((scenario): ScenarioResult => {
      if (scenario.codec !== "msgpackr") return scenario;
      return { ...scenario, status: "failed", reason, factsPerSecond: null, trials: [] };
    });
    const text = shown({ ...whole, scenarios });
    expect(text).toMatch(/^ msgpackr +failed +failed/m);
    expect(text).toContain(`note: msgpackr failed: ${reason}\n`);
  });

  test("leaves out what there was no time for, and counts it", async () => {
    const whole = await imaginedDocument({ rate, noise: 0.01, trials: 1 });
    const scenarios = whole.scenarios.map((scenario): ScenarioResult => {
      if (scenario.codec === "json" || scenario.status !== "ok") return scenario;
      const reason = "not measured: the budget ended before its first trial";
      return { ...scenario, status: "failed", reason, factsPerSecond: null, trials: [] };
    });
    const text = shown({ ...whole, scenarios });
    expect(text).toMatch(/^ json +#/m);
    expect(text).not.toMatch(/^ protobuf/m);
    expect(text).toMatch(/note: \d+ of \d+ scenarios were not measured/);
    // No other form says that something failed of which no trial was made.
    for (const form of [
      textReport({ ...whole, scenarios }, { colors: false, detail: { all: true } }),
      markdownReport({ ...whole, scenarios }),
    ]) {
      expect(form).not.toContain("failed");
      expect(form.match(/note: \d+ of \d+ scenarios were not/g)).toHaveLength(1);
    }
    const stopped = shown({ ...whole, scenarios, complete: false });
    expect(stopped).toContain("scenarios were not measured: it was stopped before");
  });

  test("with too few trials says how many an interval takes", async () => {
    const text = shown(await imaginedDocument({ rate, noise: 0.01, trials: 2 }));
    expect(text).toContain("2 trials of each, and an interval takes 5");
    expect(text).not.toContain("Not significantly different");
  });

  test("never says that more is decided than the verdicts say", async () => {
    const judged = await judgedDocument();
    const scenarios = judged.scenarios.map((scenario): ScenarioResult => {
      const { verdict } = scenario;
      if (verdict === undefined || scenario.compressor === "none") return scenario;
      const { evidence, whatIf, caveats } = verdict;
      const open = { kind: "inconclusive", why: "busy", detail: "the machine was busy" } as const;
      return { ...scenario, verdict: { ...open, evidence, whatIf, caveats } };
    });
    expect(shown(judged)).toMatch(/^ Bound by {5}→ (?:CPU|the disk|IO|balanced)/m);
    const open = scenarios.map((scenario): ScenarioResult => {
      const { verdict } = scenario;
      if (verdict === undefined) return scenario;
      const { evidence, whatIf, caveats } = verdict;
      const undecided = {
        kind: "inconclusive",
        why: "busy",
        detail: "the machine was busy",
      } as const;
      return { ...scenario, verdict: { ...undecided, evidence, whatIf, caveats } };
    });
    expect(shown({ ...judged, scenarios: open })).toMatch(
      /^ Bound by {5}→ not decided for \d+ of \d+: the machine was busy/m,
    );
  });

  test("draws the longest bar for the fastest, by whole characters where nothing can be painted", async () => {
    const document = await imaginedDocument({ rate, noise: 0.01, trials: 9 });
    const lines = shown(document).split("\n");
    expect(lines.find((line) => line.startsWith(" protobuf"))).toContain("#".repeat(20));
    expect(screenText(document, { colors: true })).toContain("█".repeat(20));
  });
});
