/** The process of one arm in one pair: opens the codec, warms up, and makes turns when it is told to. */
import { firstLine } from "../../../core/errors.js";
import { ArmBench } from "./arm-bench.js";
import type { ArmMessage, ArmRequest } from "./plan.js";

// Ctrl-C reaches every process of the terminal; ending this one is for its parent to decide.
process.on("SIGINT", () => undefined);
process.once("disconnect", () => process.exit());

let bench: ArmBench | undefined;

process.on("message", (request: ArmRequest) => {
  void answer(request)
    .catch((error: unknown): ArmMessage => {
      if (process.env["HELLFACT_DEBUG"] === "1") console.error(error);
      return { kind: "failed", reason: firstLine(error) };
    })
    .then((message) => process.send?.(message));
});

async function answer(request: ArmRequest): Promise<ArmMessage> {
  switch (request.kind) {
    case "open":
      bench = await ArmBench.open(request.plan);
      return bench.ready();
    case "turn":
      if (bench === undefined) throw new Error("a turn before the arm was opened");
      return { kind: "turn", turn: bench.turn(request.facts) };
  }
}
