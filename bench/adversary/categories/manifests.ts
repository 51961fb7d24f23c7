import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Case, Category } from "../case.js";
import { changed, pathsIn, prepare, WRONG_VALUES } from "../hostile.js";

/** Each field of each kind of line in a manifest, missing or with what does not belong there. */
const category: Category = {
  name: "manifests",
  cases: (scratch) => {
    prepare(scratch, [
      ...["run", "--facts", "12", "--fact-size", "4KB", "--roll", "20KB", "--compress", "gzip"],
      ...["--sink", "file:kept", "--quiet"],
    ]);
    const from = join(scratch, "kept");
    const text = readFileSync(join(from, "manifest.ndjson"), "utf8");
    const lines = text
      .trimEnd()
      .split("\n")
      .map((line): unknown => JSON.parse(line));
    const edits: string[] = [];
    for (const index of new Set([0, 1, lines.length - 1])) {
      for (const path of pathsIn(lines[index])) {
        for (const value of [undefined, ...WRONG_VALUES]) {
          const line = changed(lines[index], path, value);
          edits.push(
            lines.map((one, at) => `${JSON.stringify(at === index ? line : one)}\n`).join(""),
          );
        }
      }
    }
    edits.push(
      "",
      "\n",
      "{}\n",
      "null\n",
      "x",
      text.slice(0, 40),
      `${text}x\n`,
      `${text}{}\n`,
      text + text,
    );
    const never = /root:/;
    const resumed = edits.filter((_, index) => index % 25 === 0);
    return [
      ...edits.map((edit): Case => ({
        ...{ words: ["verify", ".", "--quiet"], from, files: { "manifest.ndjson": edit } },
        ...{ exits: [0, 1, 2], never },
      })),
      ...resumed.map((edit): Case => ({
        ...{ words: ["run", "--resume", ".", "--quiet"], from, files: { "manifest.ndjson": edit } },
        ...{ exits: [0, 1, 2], never, lines: 8 },
      })),
      ...["mkfifo", "mkdir", "ln -s /dev/zero", "ln -s manifest.ndjson"].flatMap((make) =>
        ["verify .", "run --resume ."].map((line): Case => ({
          shell: `rm manifest.ndjson; ${make} manifest.ndjson; hellfact ${line} --quiet`,
          ...{ from, exits: [2] },
        })),
      ),
      ...["mkfifo", "mkdir", "ln -s nowhere"].map((make): Case => ({
        shell: `rm part-*0.ndjson.gz; ${make} run.lock; hellfact run --resume . --quiet; code=$?; rm -r run.lock; exit $code`,
        // What is missing is said first.
        ...{ from, exits: [2], lines: 2 },
      })),
    ];
  },
};
export default category;
