/** The process of one variant in one pair: opens the codec, warms up, and makes turns when it is told to. */
import { firstLine } from "../../../core/errors.js";
import { VariantBench } from "./variant-bench.js";
import type { VariantMessage, VariantRequest } from "./plan.js";

// Ctrl-C reaches every process of the terminal; ending this one is for its parent to decide.
process.on("SIGINT", () => undefined);
process.once("disconnect", () => process.exit());

let bench: VariantBench | undefined;

process.on("message", (request: VariantRequest) => {
  void answer(request)
    .catch((error: unknown): VariantMessage => {
      if (process.env["HELLFACT_DEBUG"] === "1") console.error(error);
      return { kind: "failed", reason: firstLine(error) };
    })
    .then((message) => process.send?.(message));
});

async function answer(request: VariantRequest): Promise<VariantMessage> {
  switch (request.kind) {
    case "open":
      bench = await VariantBench.open(request.plan);
      return bench.ready();
    case "turn":
      if (bench === undefined) throw new Error("a turn before the variant was opened");
      return { kind: "turn", turn: bench.turn(request.facts) };
  }
}
