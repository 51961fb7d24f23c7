/** Stages of this tool's own: who names one need not say what it runs. */

interface ReadyMade {
  readonly run: string;
  readonly output: string | null;
  readonly after: readonly string[];
  /** Where it is not one for each core. */
  readonly permits?: number;
}

const READY_MADE: Readonly<Record<string, ReadyMade>> = {
  make: {
    run: 'hellfact generate --facts "${FACTS:-1000}" --from "$((HELLFACT_NUMBER * ${FACTS:-1000}))" --output {output} --quiet',
    output: "made/{part}.ndjson",
    after: [],
  },
  transcode: {
    run: 'hellfact run --input {make} --codec "${CODEC:-protobuf}" --compress "${COMPRESS:-gzip}" --workers 1 --sink file:{output} --quiet',
    output: "transcoded/{part}",
    after: ["make"],
  },
  load: {
    run: ': {part}; hellfact load {transcode} --store "${STORE:-sqlite:facts.db}" --quiet',
    output: null,
    after: ["transcode"],
    // SQLite has one writer at a time.
    permits: 1,
  },
  summarise: {
    run: 'hellfact summarise {transcode} --unique "${UNIQUE:-player.id}" --save {output} --quiet',
    output: "summaries/{part}.sketch",
    after: ["transcode"],
  },
};

/** What a stage of this name does, where it is a ready-made one. */
export function readyMade(name: string): ReadyMade | undefined {
  return Object.hasOwn(READY_MADE, name) ? READY_MADE[name] : undefined;
}
