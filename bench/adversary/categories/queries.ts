import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Case, Category } from "../case.js";
import {
  changed,
  damaged,
  HOSTILE_TEXT,
  pathsIn,
  prepare,
  random,
  WRONG_VALUES,
} from "../hostile.js";

const SQL: readonly string[] = [
  ...["", " ", ";", ";;", "--", "/*", "'", '"', "SELECT", "SELEC 1", "SELECT 1 FROM", "\u0000"],
  ...["SELECT none FROM facts", "SELECT player.none FROM facts", "SELECT * FROM none"],
  ...["SELECT facts.facts.facts FROM facts", "SELECT count(*) FROM facts GROUP BY none"],
  ...["SELECT CAST('x' AS INTEGER)", "SELECT 'x'::DATE", "SELECT error('\u001b[31m')"],
  ...["SELECT '\u001b[31m\u009b2J' AS a", "SELECT '<img src=x>' AS a", `SELECT 1 AS "=1+1"`],
  ...[
    "SELECT '=1+1' AS a",
    "SELECT [1, NULL, {'a': 1}] AS a",
    "SELECT NULL",
    "SELECT 1 WHERE false",
  ],
  ...["SELECT * FROM range(100000)", "SELECT repeat('x', 100000)", "DROP TABLE facts"],
  ...["DELETE FROM facts", "INSERT INTO facts VALUES (1)", "CREATE TABLE facts (a INT)"],
  ...["PRAGMA none", "SET none = 1", "SET memory_limit = '-1'", "INSTALL none", "LOAD none"],
  ...["ATTACH 'none/none.db'", "COPY facts TO '/proc/x'", "SELECT * FROM read_csv('none')"],
  ...["SELECT * FROM 'none.parquet'", "SELECT * FROM facts JOIN", "WITH a AS (SELECT 1) SELECT"],
  ...["SELECT ((((((((((", `SELECT ${"(".repeat(2000)}1${")".repeat(2000)}`, "EXPLAIN none"],
  ...["BEGIN; SELECT 1", "COMMIT", "SELECT $1", "SELECT ?", "SELECT * FROM facts LIMIT -1"],
  ...["SELECT * EXCLUDE (none) FROM facts", "SELECT unnest(1)", "SELECT 1; SELEC 2", "none.sql"],
];
const CONDITIONS: readonly string[] = [
  ...[
    "",
    " ",
    "=",
    "a",
    "a =",
    "= 1",
    "a = ",
    "a == 1",
    "a = b",
    "a > 'x",
    'a = "',
    "a and",
    "and a",
  ],
  ...[
    "player.none = 1",
    "none.none > 2",
    "player = 1",
    'player.id > "x"',
    "runs[ = 1",
    "runs] = 1",
  ],
  ...[
    "runs[x].kills = 1",
    "runs[0].kills = 1",
    "((a = 1)",
    "a = 1)",
    "not",
    'a ~ "("',
    'a ~ "^(a+)+$"',
  ],
  ...['player.id ~ "(?=x)"', "a = 1e999", "a = NaN", "a = 01", "__proto__ = 1", "constructor = 1"],
  ...[
    "a = 1 or",
    `${"(".repeat(3000)}a = 1`,
    "x".repeat(10_000),
    "\u001b[31m = 1",
    `"${HOSTILE_TEXT}" = 1`,
  ],
];
const ASKED: readonly (readonly string[])[] = [
  ...["", ".", "..", "none", "player.none", "player..id", "[", "]", "[]", "player[", "runs[x]"].map(
    (path) => ["--unique", path],
  ),
  ...["player", "player.id", "\u001b[31m", "__proto__", "x".repeat(5000)].map((path) => [
    "--percentiles",
    path,
  ]),
  ...["none", "runs", "runs[].none", "player", ""].map((path) => ["--count", "--by", path]),
  ...["none", "player", HOSTILE_TEXT].map((path) => ["--top", path]),
  ...[
    ["--merge"],
    ["--exact", "--unique", "none"],
    ["--save", "/proc/x", "--count"],
    ["--schema", "none"],
  ],
];
const FORMATS = ["table", "csv", "ndjson", "markdown"];

/** Questions that are none, of what is there; and questions to what is damaged, cut, or names files elsewhere. */
const category: Category = {
  name: "queries",
  cases: (scratch) => {
    prepare(scratch, [
      ...["run", "--facts", "12", "--fact-size", "4KB", "--roll", "20KB", "--compress", "gzip"],
      ...["--sink", "file:kept", "--quiet"],
    ]);
    prepare(scratch, ["generate", "--facts", "4", "--fact-size", "4KB", "--output", "f.ndjson"]);
    const files = { "f.ndjson": readFileSync(join(scratch, "f.ndjson")) };
    const from = join(scratch, "kept");
    const asked = [
      ...SQL.map((sql, index): Case => ({
        words: ["query", sql, "f.ndjson", "--format", FORMATS[index % 4] ?? "", "--quiet"],
        ...{ files, exits: [0, 1, 2], lines: 2 },
        ...(index % 4 === 1 && { never: /(^|,)"?[=@]/m }),
        ...(index % 4 === 3 && { never: /<img/ }),
      })),
      ...CONDITIONS.map((where): Case => ({
        ...{ words: ["find", "f.ndjson", "--where", where, "--quiet"], files, exits: [0, 2] },
      })),
      ...ASKED.map((words): Case => ({
        ...{ words: ["summarise", "f.ndjson", ...words, "--quiet"], files, exits: [0, 1, 2] },
      })),
      ...["-1", "12", "9007199254740991", "1e3", "x", ""].map((number): Case => ({
        ...{ words: ["get", ".", `--fact=${number}`, "--quiet"], from, exits: [2] },
      })),
      ...["none", "/dev/null/x", ".", "*.none", "-x", "postgres://127.0.0.1:1/x"].flatMap((place) =>
        [
          ["query", "SELECT 1 FROM facts", place],
          ["find", place, "--where", "a = 1"],
          ["get", place, "--fact", "1"],
          ["summarise", place, "--count"],
        ].map((words): Case => ({ words: [...words, "--quiet"], files, exits: [1, 2] })),
      ),
    ];
    return [...asked, ...ofRuns(from)];
  },
};
export default category;

const QUESTIONS: readonly (readonly string[])[] = [
  ["query", "SELECT count(*) FROM facts WHERE player IS NOT NULL", "."],
  ["find", ".", "--where", "player.id = 1"],
  ["get", ".", "--fact", "3"],
  ["summarise", ".", "--unique", "player.id"],
];

/** Runs that have not ended, whose parts are damaged, or whose manifest is another's. */
function ofRuns(from: string): Case[] {
  const next = random(11);
  const [part = ""] = readdirSync(from).filter((file) => /^part-0+\./.test(file));
  const bytes = readFileSync(join(from, part));
  const text = readFileSync(join(from, "manifest.ndjson"), "utf8");
  const lines = text.trimEnd().split("\n");
  const [head = "", first = ""] = lines;
  const paths = pathsIn(JSON.parse(first)).filter((path) => path.length > 1);
  const manifests = [
    ...[
      "",
      "{}\n",
      "null\n",
      "x",
      head,
      head.slice(0, 50),
      lines.slice(0, -1).join("\n"),
      text + text,
    ],
    ...Array.from({ length: 30 }, () => {
      const path = paths[Math.floor(next() * paths.length)] ?? [];
      const value = WRONG_VALUES[Math.floor(next() * WRONG_VALUES.length)];
      return [
        head,
        JSON.stringify(changed(JSON.parse(first), path, value)),
        ...lines.slice(2),
      ].join("\n");
    }),
    ...["../secret.ndjson", "/etc/passwd", "part-000000000000.x/../../secret"].map((file) =>
      [head, first.replace(/"file":"[^"]*"/, `"file":${JSON.stringify(file)}`)].join("\n"),
    ),
  ];
  const edits = [
    ...manifests.map((content) => ({ "manifest.ndjson": `${content}\n` })),
    ...Array.from({ length: 20 }, () => ({ [part]: damaged(bytes, next) })),
  ];
  return edits.flatMap((files, index) => {
    const words = QUESTIONS[index % QUESTIONS.length] ?? [];
    return [
      { words: [...words, "--quiet"], from, files, exits: [0, 1, 2], never: /root:/, lines: 3 },
    ];
  });
}
