import type { Case, Category } from "../case.js";

const LINES = [
  "run --facts 4000 --sink file:x --roll 2MB --quiet",
  "generate --facts 40000 --output x --quiet",
  "bench --quick --quiet",
  "conformance --quiet",
  "infer --quiet big.ndjson",
];
const SIGNALS = ["INT", "TERM", "HUP", "KILL"];
const DELAYS = [0.1, 0.6, 1.5];

/** Commands that are ended by a signal: nothing half is left, and no process. Some are done before. */
const category: Category = {
  name: "signals",
  cases: () =>
    LINES.flatMap((line) =>
      SIGNALS.flatMap((signal) =>
        DELAYS.map((delay): Case => ({
          shell: [
            'for i in $(seq 2000); do echo "{\\"a\\":$i}"; done > big.ndjson',
            `"$(command -v node)" "$MAIN" ${line} & pid=$!`,
            `sleep ${delay}; kill -${signal} $pid 2>/dev/null; wait $pid; code=$?`,
            // What a process that is killed leaves is cleared, or written over, by the next one.
            signal === "KILL" ? "rm -rf x x.tmp out" : "rm -f x/run.lock",
            "exit $code",
          ].join("\n"),
          exits: [0, 1, 129, 130, 137, 143],
          lines: 5,
        })),
      ),
    ),
};
export default category;
