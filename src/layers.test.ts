/** The seven rules of who may know whom, as CONTRIBUTING.md has them. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { describe, expect, test } from "vitest";

const root = resolve(import.meta.dirname, "..");

/** What each mechanism may import from, besides itself; "results" is the envelope of documents. */
const MECHANISMS: Readonly<Record<string, readonly string[]>> = {
  schemas: [],
  generators: ["schemas"],
  "src/core": [],
  "src/stats": [],
  "src/shape": ["src/core"],
  "src/schema": ["src/core"],
  "src/columns": ["src/core", "src/schema"],
  "src/compiled-json": ["src/core"],
  "src/fast-gzip": [],
  "src/codecs": ["src/columns", "src/compiled-json", "src/core", "src/schema"],
  "src/compressors": ["src/core", "src/fast-gzip"],
  "src/framing": ["src/core"],
  "src/sinks": ["src/core"],
  "src/stores": ["src/core"],
  "src/transports": ["src/core"],
  "src/objects": ["src/core", "src/transports"],
  "src/sources": ["generators", "schemas", "src/compiled-json", "src/core"],
  "src/plugins": ["src/core"],
  "src/process": ["src/core"],
  "src/jobs": ["src/core", "src/process"],
  "src/results": ["src/core", "src/sinks"],
  "src/verdict": ["src/core", "src/results", "src/stats"],
  "src/sketches": ["src/core"],
  "src/summarise": ["src/compiled-json", "src/core", "src/schema", "src/sketches"],
  "src/pipeline": [
    "generators",
    "src/core",
    "src/machine",
    "src/plugins",
    "src/process",
    "src/schema",
    "src/sinks",
    "src/sources",
    "src/summarise",
  ],
  "src/query": [
    "src/core",
    "src/pipeline",
    "src/plugins",
    "src/schema",
    "src/sinks",
    "src/sources",
    "src/summarise",
  ],
  "src/machine": ["src/core", "src/plugins", "src/results"],
  "src/contracts": [
    "generators",
    "src/core",
    "src/stats",
    "src/schema",
    "src/payload",
    "src/pipeline",
    "src/plugins",
    "src/process",
    "src/sources",
  ],
  "src/payload": ["generators", "src/core", "src/schema", "src/sinks", "src/sources"],
  "src/runtimes": [
    "src/contracts",
    "src/core",
    "src/payload",
    "src/plugins",
    "src/process",
    "src/results",
  ],
  "src/trial": [
    "src/core",
    "src/machine",
    "src/payload",
    "src/pipeline",
    "src/plugins",
    "src/process",
    "src/results",
    "src/runtimes",
    "src/sinks",
    "src/stats",
    "src/verdict",
  ],
  "src/report": ["src/core", "src/results", "src/stats", "src/trial", "src/verdict"],
  "src/browser": ["src/report", "src/verdict"],
  "src/library": ["src/core", "src/report", "src/results", "src/terminal"],
  "src/terminal": [
    "generators",
    "src/core",
    "src/machine",
    "src/pipeline",
    "src/plugins",
    "src/report",
    "src/results",
    "src/runtimes",
    "src/sinks",
    "src/sources",
  ],
};

/** Above the mechanisms; what they may not do is said by rules of their own. */
const ABOVE = ["src/studies", "src/cli", "src/index.ts"];

/** Rooms of which each file is a plugin: it may use the folder of its own name, never a peer. */
const PLUGINS = [
  ...["src/codecs", "src/compressors", "src/framing", "src/objects", "src/stores"],
  "src/transports",
];

/** Where code only computes. */
const PURE = [
  ...["schemas", "generators", "src/stats", "src/verdict", "src/schema", "src/shape", "src/report"],
  ...["src/sketches", "src/summarise"],
];
const isPure = (file: string) =>
  PURE.some((folder) => file.startsWith(folder + sep)) ||
  /^src\/studies\/[^/]+\/(?:.*\/)?(?:report|page|model|decide)\//.test(file) ||
  /^src\/studies\/[^/]+\/(?:.*\/)?(?:report|page|document)\.ts$/.test(file);

interface Import {
  readonly file: string;
  /** As it is written, or the file that it means, from the project's root. */
  readonly target: string;
}

const files = ["schemas", "generators", "src"].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
    .map((name) => join(folder, name))
    .filter((file) => !file.startsWith("src/testing/")),
);
const textOf = new Map(files.map((file) => [file, readFileSync(join(root, file), "utf8")]));

/** Every import, of types too, and those that wait for their moment. */
const imports = files.flatMap((file): Import[] => {
  const targets = textOf.get(file)?.matchAll(/(?:from|import|\)\()\s*\(?\s*"([^"]+)"/g) ?? [];
  return [...targets].map(([, target = ""]) => ({ file, target: resolved(file, target) }));
});

function resolved(file: string, target: string): string {
  if (target.startsWith("hellfact/")) return target.slice("hellfact/".length);
  if (!target.startsWith(".")) return target;
  return relative(root, resolve(root, file, "..", target.replace(/\.js$/, ".ts")));
}

const inside = imports.filter(({ target }) => /^(?:src|schemas|generators)\//.test(target));

function mechanismOf(path: string): string | undefined {
  return Object.keys(MECHANISMS).find((folder) => path.startsWith(folder + sep));
}

/** The study that a file is part of; `study.ts` and `registry.ts` belong to none. */
function studyOf(path: string): string | undefined {
  return /^src\/studies\/([^/]+)\//.exec(path)?.[1];
}

const isAbove = (path: string) =>
  ABOVE.some((folder) => path === folder || path.startsWith(folder + sep));

/** What breaks a rule, as lines that say which file and what it imports. */
function breaking(rule: (found: Import) => boolean): string[] {
  return inside.filter(rule).map(({ file, target }) => `${file} → ${target}`);
}

test("every file has a place, and every import a file", () => {
  expect(inside.length).toBeGreaterThan(500);
  expect(files.filter((file) => mechanismOf(file) === undefined && !isAbove(file))).toEqual([]);
  expect(
    breaking(({ target }) => target.endsWith(".ts") && !existsSync(join(root, target))),
  ).toEqual([]);
});

test("1: mechanisms know what they may, and no study and no command", () => {
  expect(
    breaking(({ file, target }) => {
      const own = mechanismOf(file);
      if (own === undefined) return false;
      const other = mechanismOf(target);
      return other !== own && (other === undefined || !MECHANISMS[own]?.includes(other));
    }),
  ).toEqual([]);
});

test("2: a study knows another study's document, and nothing else of it", () => {
  expect(
    breaking(({ file, target }) => {
      const [own, other] = [studyOf(file), studyOf(target)];
      if (own === undefined || other === undefined || own === other) return false;
      return target !== `src/studies/${other}/document.ts`;
    }),
  ).toEqual([]);
});

describe("3: what only computes", () => {
  test("imports nothing that touches the world", () => {
    const wrong = imports.filter(({ file, target }) => isPure(file) && target.startsWith("node:"));
    expect(wrong).toEqual([]);
  });

  test("does not look at the clock or the process", () => {
    const wrong = files.filter(
      (file) =>
        isPure(file) &&
        /\b(?:Date\.now|new Date\(\)|performance\.now|process\.\w|Math\.random)/.test(
          textOf.get(file) ?? "",
        ),
    );
    expect(wrong).toEqual([]);
  });
});

describe("4: who speaks to people", () => {
  test("only commands, and what they share, write to the console", () => {
    const speaks = /\bconsole\.|\bprocess\.(?:stdout|stderr)\.write|\bprocess\.exitCode\s*=/;
    const wrong = files.filter(
      (file) =>
        speaks.test(textOf.get(file) ?? "") &&
        !/^src\/(?:cli|terminal)\//.test(file) &&
        !/(?:^|[/-])(?:command|progress)\.ts$/.test(file) &&
        !/-process\.ts$|^src\/process\//.test(file),
    );
    expect(wrong).toEqual([]);
  });

  test("what measures does not know how it is told", () => {
    expect(
      breaking(
        ({ file, target }) =>
          /^src\/studies\/[^/]+\/measure\//.test(file) &&
          (/^src\/studies\/[^/]+\/(?:report|page)\b/.test(target) ||
            target.startsWith("src/report/")),
      ),
    ).toEqual([]);
  });
});

test("5: commands that are no study reach studies by the registry", () => {
  expect(
    breaking(({ file, target }) => file.startsWith("src/cli/") && studyOf(target) !== undefined),
  ).toEqual([]);
});

test("6: no plugin imports another one", () => {
  expect(
    breaking(({ file, target }) => {
      const folder = PLUGINS.find((candidate) => file.startsWith(candidate + sep));
      if (folder === undefined || !target.startsWith(folder + sep)) return false;
      const own = file.replace(/\.ts$/, "") + sep;
      return !target.startsWith(own) && !file.startsWith(join(target, "..") + sep);
    }),
  ).toEqual([]);
});

test("7: nothing goes round in a circle, not even types", () => {
  const next = new Map(files.map((file) => [file, new Set<string>()]));
  for (const { file, target } of inside) if (file !== target) next.get(file)?.add(target);
  const circles: string[] = [];
  const state = new Map<string, "open" | "done">();
  const visit = (file: string, path: readonly string[]): void => {
    if (state.get(file) === "done") return;
    if (state.get(file) === "open") {
      circles.push([...path.slice(path.indexOf(file)), file].map((one) => one).join(" → "));
      return;
    }
    state.set(file, "open");
    for (const target of next.get(file) ?? []) visit(target, [...path, file]);
    state.set(file, "done");
  };
  for (const file of files) visit(file, []);
  expect(circles).toEqual([]);
});

test("files stay small: at most 300 lines, and half of them at most 90", () => {
  const lengths = files.map((file) => ({
    file,
    lines: (textOf.get(file) ?? "").trimEnd().split("\n").length,
  }));
  const large = lengths.filter(
    ({ file, lines }) =>
      lines > 300 && !/^\/\*\*\s*\* Generates code:/.test(textOf.get(file) ?? ""),
  );
  expect(large).toEqual([]);
  const sorted = lengths.map(({ lines }) => lines).toSorted((a, b) => a - b);
  expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThanOrEqual(90);
});

test("folders are named after what is in them, and hold no more than people can survey", () => {
  const counts = new Map<string, number>();
  for (const file of files) counts.set(dirname(file), (counts.get(dirname(file)) ?? 0) + 1);
  const crowded = [...counts].filter(([, count]) => count > 25);
  expect(crowded).toEqual([]);
});
