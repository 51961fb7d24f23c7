import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Case, Category } from "../case.js";
import { damaged, prepare, random } from "../hostile.js";

const KINDS = [
  ["json", "none"],
  ["json", "gzip"],
  ["msgpackr-records", "snappy"],
  ["protobuf", "brotli"],
  ["parquet", "none"],
  ["avro", "gzip:1"],
] as const;

/** Parts at rest that are cut, zeroed, or have bits flipped: none of them is whole. */
const category: Category = {
  name: "parts",
  cases: (scratch, isShort) => {
    const next = random(5);
    return KINDS.slice(0, isShort ? 1 : KINDS.length).flatMap(([codec, compressor]): Case[] => {
      const name = `${codec}-${compressor.replace(":", "")}`;
      prepare(scratch, [
        ...["run", "--facts", "8", "--fact-size", "4KB", "--roll", "10KB", "--quiet"],
        ...["--codec", codec, "--compress", compressor, "--sink", `file:${name}`],
      ]);
      const from = join(scratch, name);
      const [part = ""] = readdirSync(from).filter((file) => /^part-0+\./.test(file));
      const bytes = readFileSync(join(from, part));
      return Array.from({ length: 25 }, (_, index): Case => {
        let harmed = damaged(bytes, next);
        while (Buffer.compare(harmed, bytes) === 0) harmed = damaged(bytes, next);
        const files = { [part]: harmed };
        // Making a part again takes processes.
        return index % 8 === 0
          ? {
              words: ["run", "--resume", ".", "--check", "--quiet"],
              from,
              files,
              exits: [0],
              lines: 3,
            }
          : { words: ["verify", ".", "--quiet"], from, files, exits: [1] };
      });
    });
  },
};
export default category;
