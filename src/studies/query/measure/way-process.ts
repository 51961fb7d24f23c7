/** The process that one way is asked in. */
import { HellfactError } from "../../../core/errors.js";
import { serve } from "../../../process/serve.js";
import type { QuestionName, WayFigures, WayTask } from "./messages.js";
import { areSame, type Questions } from "./questions.js";
import type { OpenWay } from "./way.js";
import { wayNamed } from "./ways.js";

/** Each question is asked again and again until so much time is over, or so often. */
const LEAST_SECONDS = 0.25;
const MOST_ANSWERS = 2_000;

serve(async (task: WayTask): Promise<WayFigures> => {
  const { way, place, questions, isFirst } = task;
  const open = await wayNamed(way).open(place);
  try {
    const load = isFirst ? await loaded(open) : null;
    const asked = {} as Record<QuestionName, WayFigures["asked"][QuestionName]>;
    for (const [name, ask] of Object.entries(asksOf(open, questions))) {
      asked[name as QuestionName] = await timed(ask);
    }
    return {
      ...{ server: open.server, load, asked },
      peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
    };
  } finally {
    await open.close();
  }
});

async function loaded(open: OpenWay): Promise<WayFigures["load"]> {
  const start = performance.now();
  await open.load();
  const seconds = (performance.now() - start) / 1000;
  return { seconds, storedBytes: await open.storedBytes() };
}

/** Each asks once, by its number, and rejects where the answer is wrong. */
function asksOf(
  open: OpenWay,
  { byId, ranges, averages }: Questions,
): Record<QuestionName, (number: number) => Promise<void>> {
  const differs = (found: unknown, right: unknown) =>
    new HellfactError(
      `it answered ${JSON.stringify(found)}, and right is ${JSON.stringify(right)}`,
    );
  return {
    byId: async (number) => {
      const { id = "", session } = byId[number % byId.length] ?? {};
      const found = await open.byId(id);
      if (found !== session) throw differs(found, session);
    },
    inRange: async (number) => {
      const { low = 0, high = 0, facts } = ranges[number % ranges.length] ?? {};
      const found = await open.inRange(low, high);
      if (found !== facts) throw differs(found, facts);
    },
    averages: async () => {
      const found = await open.averages();
      if (!areSame(found, averages)) throw differs(found.slice(0, 2), averages.slice(0, 2));
    },
  };
}

async function timed(
  ask: (number: number) => Promise<void>,
): Promise<WayFigures["asked"][QuestionName]> {
  await ask(0); // plans, caches and code are warm then
  let answers = 0;
  const start = performance.now();
  let wallSeconds = 0;
  while (wallSeconds < LEAST_SECONDS && answers < MOST_ANSWERS) {
    await ask(++answers);
    wallSeconds = (performance.now() - start) / 1000;
  }
  return { answers, wallSeconds };
}
