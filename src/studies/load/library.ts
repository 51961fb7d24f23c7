/** `load()`: facts into a database, from a program. */
import { InputError } from "../../core/errors.js";
import { inRunFolder } from "../../library/folder.js";
import { measuring, type Measuring, type ProgressEvent } from "../../library/measuring.js";
import { withDefaults } from "../../library/options.js";
import { pluginText, type PluginName } from "../../library/plugin.js";
import { StudyResult } from "../../library/result.js";
import type { LoadAsked } from "./asked.js";
import { LOAD_DEFAULTS } from "./defaults.js";
import type { LoadCell, LoadComparison, LoadDocument, LoadVerdictStudy } from "./document.js";
import { load as loadInto, prepareLoad } from "./loading.js";
import type { Scheduling } from "./measure/connections/messages.js";
import { loadCsv } from "./report/csv.js";
import { bestOf } from "./report/findings.js";
import { loadMarkdown } from "./report/markdown.js";
import { loadHeadline } from "./report/sentences.js";
import { loadText } from "./report/text.js";

/** Which store, and what is asked of it; everything has a default. */
export interface LoadOptions {
  /**
   * `sqlite:FILE`, `duckdb:FILE`, `postgres://USER@HOST/DATABASE`, or one of your own: its file, with `:PLACE`
   * behind it perhaps, or an object. Default: `sqlite` in a scratch file, but for a run.
   */
  readonly store?: PluginName;
  /** A folder of a run whose parts are loaded, each exactly once; nothing is measured beside it. */
  readonly run?: string;
  /** Compares methods by sizes. Default: true, if nothing else is asked for. */
  readonly compare?: boolean;
  /** Methods of the store. Default: all of it; of a run, the store's own choice; of a verdict, `one-by-one`. */
  readonly methods?: readonly string[];
  /** Sizes in rows. Default: 100 to 844,350 events, or 10 to 10,000 documents. */
  readonly rows?: readonly number[];
  /** `facts`: a JSON document a row; `events`: eight columns. Default: `facts` of a run, else `events`. */
  readonly table?: "events" | "facts";
  /** What documents are kept as, such as `json`, `jsonb`, `text`; several, or `all`, are compared. Default: what the store keeps best. */
  readonly documents?: string | readonly string[];
  /** A file of your own facts, as a table of their schema's columns. Default: generated facts. */
  readonly input?: string;
  /** `pairs`: samples, and a result for each pair of them. */
  readonly preset?: "pairs";
  /** What a commit is to survive, where the method does not say. Default: `power`. */
  readonly commit?: "power" | "process";
  /** A load that takes longer is killed. Default: 3. */
  readonly timeoutSeconds?: number;
  /** Rounds over all cells. Default: 5. */
  readonly rounds?: number;
  /** No further round of a comparison begins after this. Default: 50. */
  readonly budgetSeconds?: number;
  /** Commits single rows over so many connections. */
  readonly connections?: readonly number[];
  /** `pool`, `pipeline` (several statements under way), `workers` (processes). Default: `pool`. */
  readonly scheduling?: readonly Scheduling[];
  /** Statements under way on a connection that is pipelined. Default: 16. */
  readonly depth?: number;
  /** How long each rate is measured over connections, or each slice of a verdict. Default: 1. */
  readonly phaseSeconds?: number;
  /** Rows that connections begin a second, latencies being counted from then. Default: as fast as it goes. */
  readonly rowsPerSecond?: number;
  /** What a value loses, as documents of every kind and in typed columns. Default: false. */
  readonly values?: boolean;
  /** What binds the load by one of `methods`, over `connections`, `rows` in a commit. Default: false. */
  readonly verdict?: boolean;
  /** Of generated facts, and of the order of loads. Default: 42. */
  readonly seed?: number;
  /** Ends it with what was measured so far: the document then says that it is not complete. */
  readonly signal?: AbortSignal;
  /** A folder in which the document is kept. Default: it is not. */
  readonly out?: string;
}

/** How facts got into a store. */
export class LoadResult extends StudyResult<LoadDocument> {
  /** @param document of this load, or of one that was kept */
  constructor(document: LoadDocument) {
    super(document, loadHeadline(document), {
      text: (one, { colors }) => loadText(one, { colors }),
      markdown: loadMarkdown,
      csv: loadCsv,
      page: async () => (await import("./page.js")).loadPage,
    });
  }

  /** Methods by sizes, one for each table and kind of documents: every cell with its rate, or why it has none. */
  get comparisons(): readonly LoadComparison[] {
    return this.document.comparisons;
  }

  /** What binds, for each number of connections; empty where that was not asked for. */
  get verdicts(): readonly LoadVerdictStudy[] {
    return this.document.verdicts ?? [];
  }

  /**
   * Of the methods that take rows and whose commits survive most, the one that is significantly faster than every
   * other one at the largest size of the first of `comparisons`; `null` where none is, which includes that there were fewer than six rounds.
   */
  get best(): LoadCell | null {
    const [comparison] = this.comparisons;
    const best = comparison === undefined ? undefined : bestOf(comparison);
    const isSure = best?.cell.rowsPerSecond?.high != null && best.equals.length === 0;
    return isSure ? best.cell : null;
  }
}

const DEFAULTS = {
  ...{ commit: LOAD_DEFAULTS.commit, timeoutSeconds: LOAD_DEFAULTS.timeout },
  ...{ rounds: LOAD_DEFAULTS.rounds, budgetSeconds: LOAD_DEFAULTS.budget },
  ...{ scheduling: LOAD_DEFAULTS.scheduling, depth: LOAD_DEFAULTS.depth },
  ...{ phaseSeconds: LOAD_DEFAULTS.phase, seed: LOAD_DEFAULTS.seed },
  ...{ values: false, verdict: false },
} as const;
const WITHOUT_DEFAULT = [
  ...([
    "store",
    "run",
    "compare",
    "methods",
    "rows",
    "table",
    "documents",
    "input",
    "preset",
  ] as const),
  ...(["connections", "rowsPerSecond", "signal", "out"] as const),
];

/**
 * Measures how facts get into a store, or loads the parts of a run into it. Rejects with an `InputError` where
 * options contradict each other, or the store has no such method, with an `UnavailableError` where its driver does
 * not load, and with a `HellfactError` where nobody answers, or nothing could be measured.
 *
 * @example
 * const { best } = await load({ store: "sqlite", rows: [100, 10_000], budgetSeconds: 20 });
 * const rate = best?.rowsPerSecond?.median;
 */
export function load(options: LoadOptions = {}): Measuring<LoadResult> {
  return measuring((tell) => loading(options, tell));
}

async function loading(
  options: LoadOptions,
  tell: (event: ProgressEvent) => void,
): Promise<LoadResult> {
  const said = withDefaults(options, DEFAULTS, WITHOUT_DEFAULT);
  const { run, budgetSeconds, out, signal = new AbortController().signal } = said;
  const asked = askedOf(said);
  const prepared = await prepareLoad(pluginText("store", said.store ?? "sqlite"), asked);
  const startedAt = performance.now();
  const { document } = await inRunFolder(out, async (folder) => ({
    document: await loadInto(prepared, run, {
      ...{ folder, createdAt: new Date(), command: ["load"], signal },
      onProgress: ({ done, stage, activity }) => {
        const seconds = (performance.now() - startedAt) / 1000;
        const atThisRate = done > 0 ? seconds / done - seconds : null;
        const budgetLeft = run === undefined ? Math.max(0, budgetSeconds - seconds) : Infinity;
        const secondsLeft = atThisRate === null ? null : Math.min(atThisRate, budgetLeft);
        tell({ done: Math.min(1, done), secondsLeft, stage, activity });
      },
    }),
  }));
  tell({ done: 1, secondsLeft: 0, stage: "done", activity: "" });
  return new LoadResult(document);
}

/** What is meant, as the command line would ask for it. Throws an `InputError` for what cannot be. */
function askedOf(said: ReturnType<typeof withDefaults<LoadOptions, typeof DEFAULTS>>): LoadAsked {
  for (const name of NUMBERS) {
    for (const one of [said[name] ?? []].flat()) {
      if (one > 0) continue;
      throw new InputError(`${name} is ${one}: it takes a number above 0.`);
    }
  }
  const {
    store,
    run,
    methods,
    rows,

    timeoutSeconds,
    budgetSeconds,
    phaseSeconds,
    rowsPerSecond,
  } = said;
  const measured = (["compare", "connections", "values", "verdict"] as const).filter(
    (name) => said[name] !== undefined && said[name] !== false,
  );
  if (run !== undefined && measured.length > 0) {
    throw new InputError(
      `run is loaded, and ${measured.join(", ")} measured: ask for one of them.`,
    );
  }
  if (run !== undefined && store === undefined) {
    throw new InputError(
      "store is missing: a run is loaded into sqlite:FILE, postgres://… or the like.",
    );
  }
  const { documents, ...others } = said;
  return {
    ...others,
    compare: said.compare ?? (run === undefined && measured.length === 0),
    ...(methods !== undefined && { method: methods }),
    ...(documents !== undefined && { documents: [documents].flat() }),
    ...(rows !== undefined && { rows: rows.toSorted((a, b) => a - b) }),
    ...{ timeout: timeoutSeconds, budget: budgetSeconds, phase: phaseSeconds },
    ...(rowsPerSecond !== undefined && { rate: rowsPerSecond }),
  };
}

const NUMBERS = [
  ...(["timeoutSeconds", "rounds", "budgetSeconds", "depth", "phaseSeconds"] as const),
  ...(["rowsPerSecond", "rows", "connections"] as const),
];
