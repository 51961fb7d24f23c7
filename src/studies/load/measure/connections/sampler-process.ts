/** Looks at what connections are doing, from a process of its own: a busy client would look too late. */
import { serveTask, type Begun } from "../../../../process/serve.js";
import { loadStore, type StoreChoice } from "../../../../plugins/load-store.js";

export interface SamplerTask {
  readonly store: StoreChoice;
  readonly application: string;
  readonly everyMilliseconds?: number;
}

/** Connections seen, by what they were doing, summed over all looks. */
export type Sampled = Readonly<Record<string, number>>;

const EVERY_MILLISECONDS = 40;

serveTask(
  async ({
    store: choice,
    application,
    everyMilliseconds = EVERY_MILLISECONDS,
  }: SamplerTask): Promise<Begun> => {
    const store = await loadStore(choice);
    const open = await store.open(choice.url, { application: `${application}-sampler` });
    let seen: Record<string, number> = {};
    // What goes wrong in it ends the process, which is then told.
    void (async () => {
      for (;;) {
        for (const { what, connections } of (await open.activity?.(application)) ?? []) {
          seen[what] = (seen[what] ?? 0) + connections;
        }
        await new Promise((resolve) => setTimeout(resolve, everyMilliseconds));
      }
    })();
    const handle = (): Sampled => {
      const found = seen;
      seen = {};
      return found;
    };
    return { answer: null, handle };
  },
);
