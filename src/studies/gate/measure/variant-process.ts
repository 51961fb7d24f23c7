/** The process of one variant in one pair, or of both: opens codecs, warms up, and makes turns when it is told to. */
import { serve } from "../../../process/serve.js";
import { loadBench } from "./load-bench.js";
import type { Turn, VariantName, VariantReady, VariantRequest } from "./plan.js";
import type { VariantBench, VariantFacts } from "./variant-bench.js";
import { variantFacts } from "./variant-facts.js";

const benches = new Map<VariantName, VariantBench>();
/** Both variants work on the same facts. */
let facts: Promise<VariantFacts> | undefined;

serve(async (request: VariantRequest): Promise<VariantReady | Turn> => {
  const { name } = request;
  switch (request.kind) {
    case "open": {
      const { plan, isShared } = request;
      facts ??= variantFacts(plan);
      const Bench = await loadBench(plan.place.library, isShared ? name : "");
      const opened = await Bench.open(plan, await facts, isShared);
      benches.set(name, opened);
      return opened.ready();
    }
    case "turn": {
      const bench = benches.get(name);
      if (bench === undefined) throw new Error("a turn before the variant was opened");
      return bench.turn(request.facts);
    }
  }
});
