import type { Case, Category } from "../case.js";

const COMMANDS = [
  "--help",
  "--version",
  "doctor",
  "doctor --json",
  "shape --facts 3 --quiet",
  "generate --facts 3",
].concat([
  "bench --help",
  "infer f.ndjson",
  "conformance --codec json --quiet",
  "run --facts 5 --sink null --quiet",
]);
const LATE = "a".repeat(200);

/** Where there is no room: on a full device, behind a limit for files, in a folder where nothing can be. */
const category: Category = {
  name: "limits",
  cases: () => [
    ...COMMANDS.map((line): Case => ({
      shell: `echo '{"a":1}' > f.ndjson; hellfact ${line} > /dev/full`,
      exits: [1],
      lines: 100,
    })),
    ...COMMANDS.map((line): Case => ({
      shell: `echo '{"a":1}' > f.ndjson; hellfact ${line} 2>/dev/full | head -c 1 > /dev/null; exit 0`,
      exits: [0],
    })),
    ...[
      "generate --facts 40 --output x",
      "run --facts 40 --workers 1 --sink file:x",
      "run --facts 40 --workers 1 --compress gzip:1 --sink file:x",
    ].map((line): Case => ({
      shell: `ulimit -f 100; hellfact ${line} --quiet; code=$?; rm -f x/run.lock; exit $code`,
      exits: [1],
    })),
    ...["/proc/x", "/proc/self/x/y", "/dev/null/x", "/sys/x", `${LATE}${LATE}`].flatMap(
      (place): Case[] => [
        { words: ["generate", "--facts", "3", "--output", place, "--quiet"], exits: [1, 2] },
        { words: ["run", "--facts", "3", "--sink", `file:${place}`, "--quiet"], exits: [1, 2] },
        {
          words: ["infer", "f.ndjson", "--output", place, "--quiet"],
          files: { "f.ndjson": "{}" },
          exits: [1, 2],
        },
        {
          words: ["run", "--facts", "3", "--sink", "null", "--out", place, "--quiet"],
          exits: [1, 2],
        },
      ],
    ),
  ],
};
export default category;
