import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Case, Category } from "../case.js";
import { damaged, HOSTILE_TEXT, prepare, random } from "../hostile.js";

const key = JSON.stringify(HOSTILE_TEXT);
const TEXTS: readonly string[] = [
  "",
  " ",
  "\n\n\n",
  "{",
  "}",
  "[",
  "]",
  "null",
  "5",
  '"x"',
  "true",
  "[1]",
  "[null]",
  "[[]]",
  "{}\n5\n",
  "{}\n[]\n",
  '{"a":1',
  '{"a":1}\n{"a":',
  '{"a":1}{"a":2}',
  '{"a":01}',
  '{"a":1e999}',
  '{"a":-}',
  "{'a':1}",
  '{"a":1,}',
  '{"a":"\u0001"}',
  '{"a":"\\x"}',
  '{"a":"\\ud800"}',
  '\ufeff{"a":1}',
  '{"a":NaN}',
  '{"a":1}\r\n{"a":2}\r',
  '{"__proto__":{"x":1}}',
  '{"constructor":{"prototype":1}}',
  '{"":1}',
  `{${key}:1}`,
  `{"a":${key}}`,
  `{"a":${"[".repeat(5000)}${"]".repeat(5000)}}`,
  `${'{"a":'.repeat(5000)}1${"}".repeat(5000)}`,
  `{"a":${"9".repeat(400)}}`,
  '{"a":12345678901234567890}',
  '{"a":1,"a":2}',
  "a,b\n1,2\n",
  "<html></html>",
  `{"a":"${"x".repeat(100_000)}"}`,
  "\u0000".repeat(100),
  '{"a":1}\n\u0000\n',
  "// x\n{}",
  "{}\n//\n",
];

/** Files that are broken, or made to harm, for each command that reads facts. */
const category: Category = {
  name: "inputs",
  cases: (scratch) => {
    prepare(scratch, ["generate", "--facts", "4", "--fact-size", "4KB", "--output", "f.ndjson"]);
    prepare(scratch, [
      ...["generate", "--facts", "4", "--fact-size", "4KB"],
      ...["--codec", "parquet", "--output", "f.parquet"],
    ]);
    const facts = readFileSync(join(scratch, "f.ndjson"));
    const next = random(18);
    const files: [string, string | Uint8Array][] = [
      ...TEXTS.flatMap((text): [string, string | Uint8Array][] => [
        ["x.ndjson", text],
        ["x.csv", text],
        ["x.ndjson.gz", gzipSync(text)],
      ]),
      ...[
        'a,b\n"1,2\n',
        "a,a\n1,2\n",
        "a\n1,2,3\n",
        `${HOSTILE_TEXT},b\n1,2\n`,
        '""\n\n',
        ",,\n,,\n",
      ].map((text): [string, string] => ["x.csv", text]),
      ...Array.from({ length: 60 }, (): [string, Uint8Array] => [
        "x.ndjson.gz",
        damaged(gzipSync(facts), next),
      ]),
      ...Array.from({ length: 40 }, (): [string, Uint8Array] => ["x.ndjson", damaged(facts, next)]),
      ...Array.from({ length: 40 }, (): [string, Uint8Array] => [
        "x.parquet",
        damaged(readFileSync(join(scratch, "f.parquet")), next),
      ]),
    ];
    const cases = files.flatMap(([name, content]): Case[] => [
      { words: ["infer", name, "--quiet"], files: { [name]: content }, exits: [0, 2] },
      { words: ["shape", name, "--quiet"], files: { [name]: content }, exits: [0, 2] },
    ]);
    const run = ["run", "--sink", "file:kept", "--workers", "1", "--quiet", "--input"];
    const runs = files.filter((_, index) => index % 12 === 0);
    return [
      ...cases,
      ...runs.map(([name, content]): Case => ({
        words: [...run, name],
        files: { [name]: content },
        exits: [0, 2],
      })),
      ...["none.ndjson", ".", "/dev/zero/x", "*.none"].flatMap((name): Case[] => [
        { words: ["infer", name, "--quiet"], exits: [2] },
        { words: ["shape", name, "--quiet"], exits: [2] },
        { words: [...run, name], exits: [2] },
      ]),
      ...["infer pipe", "shape pipe", "run --sink null --input pipe"].map((line): Case => ({
        shell: `mkfifo pipe; hellfact ${line} --quiet`,
        exits: [2],
      })),
      ...["infer a", "shape a", "report a", "verify a", "run --sink null --input a"].map(
        (line): Case => ({
          shell: `ln -s b a; ln -s a b; hellfact ${line} --quiet`,
          exits: [2],
        }),
      ),
    ];
  },
};
export default category;
