import { IMAGINED_ENVIRONMENT } from "./document.js";
import { judge } from "../studies/gate/decide/judge.js";
import type { GateDocument, GatePair } from "../studies/gate/document.js";
import { begun } from "../results/document-type.js";
import { seededUniform } from "../stats/random.js";

/** The document of a gate on one cell, as it would be if the candidate were slower by a share. */
export function imaginedGate(slowdown: number, noise = 0.01): GateDocument {
  const uniform = seededUniform(8);
  const variant = (factor: number): GatePair["baseline"] => ({
    digest: "same",
    encodedBytesPerFact: 39_900,
    allocatedBytesPerFact: 180_000,
    turns: Array.from({ length: 4 }, () => ({
      wallSeconds: 0.06 * factor,
      cpuSeconds: 0.05 * factor * (1 + noise * (uniform() - 0.5)),
      waitSeconds: 0,
      referenceSeconds: 0.005 * (1 + noise * (uniform() - 0.5)),
    })),
  });
  const pairs = Array.from({ length: 62 }, () => ({
    cell: 0,
    seconds: 3,
    stolenSeconds: 0,
    baseline: variant(1),
    candidate: variant(1 + slowdown),
  }));
  const cell = { name: "json write", codec: "json", direction: "write", payload: "40kB" } as const;
  return {
    ...begun("gate", 2, "2026-11-22T09:15:02.000Z"),
    complete: true,
    environment: { ...IMAGINED_ENVIRONMENT, libraries: {} },
    command: ["hellfact", "gate"],
    gate: {
      baseline: "npm:fast-json-stringify@6.0.1",
      candidate: ".",
      seed: 42,
      seconds: 180,
      ...judge([cell], pairs, 2, 42),
      pairs,
    },
  };
}
