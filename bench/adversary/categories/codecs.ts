import type { Case, Category } from "../case.js";

const FIELDS: Readonly<Record<string, string>> = {
  ...{
    name: '"mine"',
    format: '"json"',
    fileExtension: '"ndjson"',
    framing: '"newline"',
    layout: '"row"',
  },
  ...{ needsSchema: "false", npmPackage: "null", mode: '"JSON"', losses: '["negative-zero"]' },
  abilities: '["encode", "decode"]',
  open: `() => ({
    encode: (fact, out) => out.utf8(JSON.stringify(fact)),
    decode: (bytes) => JSON.parse(new TextDecoder().decode(bytes)),
  })`,
};
/** Fields that may be any text; what is no word in it is escaped where it is shown. */
const ANY_TEXT = new Set(["format", "mode", "npmPackage"]);
const WRONG = ["undefined", "5", "{}", '"\\u001b[31m"'];
const TEXTS: readonly string[] = [
  ...[
    "",
    "export const a = 1;",
    "export default 5;",
    "export default null;",
    "export default {};",
    "const a = ;",
  ],
  ...[
    "throw new Error('\\u001b[31m\\nx');",
    "throw null;",
    "throw { a: 1 };",
    "process.exit(0);",
    "process.exit(3);",
  ],
  ...[
    "process.kill(process.pid, 'SIGKILL');",
    "process.abort();",
    "import 'none';",
    "await import('./none.mjs');",
  ],
  "export default new Proxy({}, { get() { throw new Error('no'); } });",
  "const kept = []; for (;;) kept.push(Buffer.alloc(1e8, 1));",
  "export default { get name() { process.exit(0); } };",
  withField("open", "() => process.exit(0)"),
  withField("open", "() => { throw new Error('x'); }"),
  withField("open", "() => null"),
  withField("open", "() => ({ encode: () => process.exit(0), decode: () => ({}) })"),
  withField("open", "() => ({ encode: () => { throw 5; }, decode: () => ({}) })"),
];

function mayBeFine(text: string): boolean {
  return [...ANY_TEXT].some((field) => text === withField(field, WRONG.at(-1) ?? ""));
}

function withField(field: string, value: string): string {
  const all = { ...FIELDS, [field]: value };
  return `export default { ${Object.entries(all)
    .map(([name, text]) => `${name}: ${text}`)
    .join(", ")} };`;
}

/** Files of codecs that are none, throw, end the process, or fill the memory. */
const category: Category = {
  name: "codecs",
  cases: () => {
    const files = [
      ...TEXTS,
      ...Object.keys(FIELDS).flatMap((field) =>
        WRONG.filter((value) => !(field === "needsSchema" && value === "false")).map((value) =>
          withField(field, value),
        ),
      ),
    ];
    const words = ["generate", "--facts", "3", "--fact-size", "4KB", "--quiet"];
    return [
      ...files.map((text): Case => ({
        words: [...words, "--codec", "./mine.mjs", "--output", "x.out"],
        files: { "mine.mjs": text },
        exits: mayBeFine(text) ? [0] : [2],
      })),
      ...["enum A { B }", "const a: number = ;", "export default {} as {};"].map((text): Case => ({
        words: [...words, "--codec", "./mine.ts", "--output", "x.out"],
        ...{ files: { "mine.ts": text }, exits: [2] },
      })),
    ];
  },
};
export default category;
