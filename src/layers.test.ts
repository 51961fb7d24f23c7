import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { expect, test } from "vitest";

/**
 * Who may know whom. A room is a folder; a file may import from its own room and from those listed
 * here, and nothing else of the project. CONTRIBUTING.md tells why.
 */
const MAY_KNOW: Record<string, readonly string[]> = {
  schemas: [],
  generators: ["schemas"],
  "src/core": [],
  "src/schema": ["src/core"],
  "src/columns": ["src/core", "src/schema"],
  "src/codecs": ["src/columns", "src/compiled-json", "src/core", "src/schema"],
  "src/compiled-json": ["src/core"],
  "src/compressors": ["src/core"],
  "src/framing": ["src/core"],
  "src/sources": ["src/core", "generators", "schemas"],
  "src/sinks": ["src/core"],
  "src/stores": ["src/core"],
  "src/plugins": ["src/core"],
  "src/shape": ["src/core"],
  "src/counters": [],
  "src/pipeline": [
    "generators",
    "src/core",
    "src/counters",
    "src/plugins",
    "src/schema",
    "src/sinks",
    "src/sources",
  ],
  "src/runtimes": ["src/core"],
  "src/stats": [],
  "src/results": ["src/core", "src/sinks"],
  "src/gate": [
    "generators",
    "src/core",
    "src/counters",
    "src/measure",
    "src/pipeline",
    "src/plugins",
    "src/results",
    "src/stats",
  ],
  "src/measure": [
    "generators",
    "src/core",
    "src/counters",
    "src/pipeline",
    "src/plugins",
    "src/results",
    "src/runtimes",
    "src/schema",
    "src/sinks",
    "src/sources",
    "src/stats",
    "src/verdict",
  ],
  "src/conformance": ["src/core", "src/pipeline", "src/plugins", "src/results"],
  "src/verdict": ["src/core", "src/results", "src/stats"],
  "src/browser": ["src/report", "src/verdict"],
  "src/sizing": ["src/core", "src/results", "src/stats"],
  "src/report": [
    "src/results",
    "src/schema",
    "src/shape",
    "src/sizing",
    "src/stats",
    "src/verdict",
  ],
  "src/cli": [
    "generators",
    "src/compiled-json",
    "src/conformance",
    "src/core",
    "src/gate",
    "src/measure",
    "src/pipeline",
    "src/plugins",
    "src/report",
    "src/results",
    "src/runtimes",
    "src/schema",
    "src/shape",
    "src/sinks",
    "src/sizing",
    "src/sources",
    "src/verdict",
  ],
};

/** Rooms that are being moved; until they stand, anything goes between them. */
const MOVING = [
  "bench",
  "src/cli",
  "src/codec-contract",
  "src/conformance",
  "src/counters",
  "src/gate",
  "src/machine",
  "src/measure",
  "src/payload",
  "src/process",
  "src/report",
  "src/results",
  "src/sizing",
  "src/studies",
  "src/terminal",
  "src/trial",
];
const isMoving = (path: string) => MOVING.some((room) => path.startsWith(room + sep));

/** Rooms that only compute: no files, no processes, no network, no clock. */
const PURE = [
  "src/stats",
  "src/verdict",
  "src/report",
  "src/schema",
  "src/shape",
  "src/sizing",
  "generators",
  "schemas",
];

/** Rooms whose files are plugins: a file may use the folder of its own name, never a peer. */
const PLUGIN_ROOMS = ["src/codecs", "src/compressors", "src/framing", "src/stores"];

const root = resolve(import.meta.dirname, "..");

function filesIn(room: string): string[] {
  const folder = join(root, room);
  return existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: "utf8" }) : [];
}

interface Import {
  readonly file: string;
  readonly room: string;
  readonly target: string;
}

const imports = Object.keys(MAY_KNOW).flatMap((room) =>
  filesIn(room)
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
    .flatMap((name): Import[] => {
      const file = join(room, name);
      const text = readFileSync(join(root, file), "utf8");
      const targets = text.matchAll(/(?:from|import|\)\()\s*\(?\s*"([^"]+)"/g);
      return [...targets].map(([, target = ""]) => ({ file, room, target }));
    }),
);

function roomOf(path: string): string {
  const rooms = Object.keys(MAY_KNOW).filter((room) => path.startsWith(room + sep));
  return rooms.toSorted((a, b) => b.length - a.length)[0] ?? "outside every room";
}

/** The file that a relative import means, from the project's root. */
function resolved({ file, target }: Import): string {
  return relative(root, resolve(root, file, "..", target.replace(/\.js$/, ".ts")));
}

/** Imports of this project's own files, by path or by its own name. */
const inside = imports
  .filter(({ target }) => target.startsWith(".") || target.startsWith("hellfact/"))
  .map((found) =>
    found.target.startsWith("hellfact/")
      ? { ...found, target: relative(dirname(found.file), found.target.replace("hellfact/", "")) }
      : found,
  );

test("there are imports to judge", () => {
  expect(inside.length).toBeGreaterThan(100);
});

test("no file imports from a room that its own room may not know", () => {
  const wrong = inside.filter((found) => {
    if (isMoving(found.file) || isMoving(resolved(found))) return false;
    const target = roomOf(resolved(found));
    return target !== found.room && !MAY_KNOW[found.room]?.includes(target);
  });
  expect(wrong).toEqual([]);
});

test("no plugin imports another one", () => {
  const wrong = inside.filter((found) => {
    if (!PLUGIN_ROOMS.includes(found.room)) return false;
    const target = resolved(found);
    if (roomOf(target) !== found.room) return false;
    const own = found.file.replace(/\.ts$/, "") + sep;
    return !target.startsWith(own) && !found.file.startsWith(join(target, "..") + sep);
  });
  expect(wrong).toEqual([]);
});

test("rooms that only compute import nothing that touches the world", () => {
  const wrong = imports.filter(
    ({ room, target }) => PURE.includes(room) && target.startsWith("node:"),
  );
  expect(wrong).toEqual([]);
});

test("rooms that only compute do not look at the clock or the process", () => {
  const wrong = PURE.flatMap((room) =>
    filesIn(room)
      .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
      .map((name) => join(room, name))
      .filter((file) =>
        /\b(?:Date\.now|new Date\(\)|performance\.now|process\.\w|Math\.random)/.test(
          readFileSync(join(root, file), "utf8"),
        ),
      ),
  );
  expect(wrong).toEqual([]);
});
