/** The process of one variant in one pair: opens the codec, warms up, and makes turns when it is told to. */
import { serve } from "../../../process/serve.js";
import type { Turn, VariantReady, VariantRequest } from "./plan.js";
import { VariantBench } from "./variant-bench.js";

let bench: VariantBench | undefined;

serve(async (request: VariantRequest): Promise<VariantReady | Turn> => {
  switch (request.kind) {
    case "open":
      bench = await VariantBench.open(request.plan);
      return bench.ready();
    case "turn":
      if (bench === undefined) throw new Error("a turn before the variant was opened");
      return bench.turn(request.facts);
  }
});
