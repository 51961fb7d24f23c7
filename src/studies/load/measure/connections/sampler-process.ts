/** Looks at what connections are doing, from a process of its own: a busy client would look too late. */
import { loadStore, type StoreChoice } from "../../../../plugins/load-store.js";

export interface SamplerTask {
  readonly store: StoreChoice;
  readonly application: string;
  readonly everyMilliseconds?: number;
}

/** Connections seen, by what they were doing, summed over all looks. */
export type Sampled = Readonly<Record<string, number>>;

const EVERY_MILLISECONDS = 40;

process.on("SIGINT", () => undefined);
process.once("disconnect", () => process.exit());
process.once("message", (task: SamplerTask) => void begin(task));

async function begin({
  store: choice,
  application,
  everyMilliseconds = EVERY_MILLISECONDS,
}: SamplerTask): Promise<void> {
  const store = await loadStore(choice);
  const open = await store.open(choice.url, { application: `${application}-sampler` });
  let seen: Record<string, number> = {};
  process.on("message", () => {
    process.send?.(seen);
    seen = {};
  });
  process.send?.({ ready: true });
  for (;;) {
    for (const { what, connections } of (await open.activity?.(application)) ?? []) {
      seen[what] = (seen[what] ?? 0) + connections;
    }
    await new Promise((resolve) => setTimeout(resolve, everyMilliseconds));
  }
}
