/** Source and encode alone: facts are taken, encoded and framed into a reused slab, and forgotten. */
import { loadParts } from "../src/pipeline/parts.js";
import { encoderOf } from "../src/pipeline/fact-writer.js";
import { openSource } from "../src/pipeline/run/worker/open-source.js";
import type { SourcePlan } from "../src/pipeline/run/plan.js";
import { Slab } from "../src/core/slab.js";
import { nullSink } from "../src/sinks/null.js";

export interface StagesTask {
  readonly source: SourcePlan;
  readonly end: number;
}

const BATCH_BYTES = 1 << 19;
let isReady = false;

process.on("message", (task: StagesTask) => {
  if (!isReady) process.send?.({ kind: "ready" });
  else void stages(task).then(() => process.send?.({ kind: "done" }));
  isReady = true;
});

async function stages(task: StagesTask): Promise<void> {
  const { codec, framing, compressor } = await loadParts("json", "none");
  const source = await openSource(task.source);
  const { encode } = encoderOf(
    codec,
    codec.open(source.schema === undefined ? {} : { schema: source.schema }),
  );
  if (encode === undefined) throw new Error("json encodes facts one by one");
  const sink = nullSink();
  const slab = new Slab(BATCH_BYTES * 2);
  for (const fact of source.facts(0, task.end)) {
    if (fact === undefined) continue;
    const start = framing.begin(slab);
    encode(fact, slab);
    framing.end(slab, start);
    if (slab.position < BATCH_BYTES) continue;
    sink.write(compressor.compress(slab.buffer.subarray(0, slab.position)));
    slab.position = 0;
  }
}
