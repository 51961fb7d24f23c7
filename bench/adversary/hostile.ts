/** Values and changes that several categories use. */
import { spawnSync } from "node:child_process";
import { cpSync } from "node:fs";
import { fileURLToPath } from "node:url";

const MAIN = fileURLToPath(new URL("../../src/cli/main.js", import.meta.url));

/** Folders in which a command was carried out before, by its words. */
const prepared = new Map<string, string>();

/** Runs a command that must succeed: cases need something that is whole, to damage it. */
export function prepare(folder: string, words: readonly string[]): void {
  const key = words.join(" ");
  const before = prepared.get(key);
  if (before !== undefined) {
    cpSync(before, folder, { recursive: true });
    return;
  }
  prepared.set(key, folder);
  const { status, stderr } = spawnSync(process.execPath, [MAIN, ...words], {
    cwd: folder,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`hellfact ${words.join(" ")}: ${stderr}`);
}

/** Control sequences, HTML, a formula and an end of a line, in one text. */
export const HOSTILE_TEXT = "=cmd()\u001b[31m<img src=x>\n[a](b)\u0007\u009b2J";

/** What stands where another value should. */
export const WRONG_VALUES: readonly unknown[] = [
  HOSTILE_TEXT,
  null,
  -1,
  1e308,
  1e-308,
  [],
  {},
  "../../secret",
  true,
];

/** Numbers that only depend on a seed: the same cases each time. */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    // Marsaglia, "Xorshift RNGs", Journal of Statistical Software 8 (2003).
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

type Path = readonly (string | number)[];

/** Paths to everything in a value; of lists, the first member stands for all. */
export function pathsIn(value: unknown, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [path];
  const entries = Array.isArray(value) ? value.slice(0, 1).entries() : Object.entries(value);
  const inner = [...entries].flatMap(([key, one]) => pathsIn(one as unknown, [...path, key]));
  return path.length === 0 ? inner : [path, ...inner];
}

/** A copy in which another value stands at a path, or nothing. */
export function changed(value: unknown, path: Path, to: unknown): unknown {
  const copy: unknown = structuredClone(value);
  let place = copy as Record<string | number, unknown>;
  for (const step of path.slice(0, -1)) place = place[step] as typeof place;
  const last = path.at(-1) ?? "";
  if (to === undefined) delete place[last];
  else place[last] = to;
  return copy;
}

/** Bytes with some of them damaged: bits that flipped, an end that is missing, zeros, other bytes. */
export function damaged(bytes: Uint8Array, next: () => number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  const at = Math.floor(next() * copy.length);
  switch (Math.floor(next() * 5)) {
    case 0:
      return copy.subarray(0, at);
    case 1:
      return copy.fill(0, at);
    case 2:
      return Uint8Array.from([...copy, 0, 1, 2]);
    case 3:
      return copy.map((byte, index) => (index >= at && index < at + 8 ? 255 - byte : byte));
    default:
      copy[at] = (copy[at] ?? 0) ^ (1 << Math.floor(next() * 8));
      return copy;
  }
}
