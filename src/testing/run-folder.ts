/** A folder for runs of the pipeline, and what tests ask of the runs in it. */
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { hellfact } from "./command.js";

/** A run that makes sixteen parts of small facts on two workers. */
export const SMALL = ["--facts", "400", "--fact-size", "4KB", "--roll", "100KB", "--workers", "2"];

export class RunFolder {
  readonly path = mkdtempSync(join(tmpdir(), "hellfact-run-"));

  at(name: string): string {
    return join(this.path, name);
  }

  run(...words: string[]) {
    return hellfact(["run", ...words, "--out", this.at("out"), "--quiet"], { cwd: this.path });
  }

  verify(name: string) {
    return hellfact(["verify", this.at(name), "--quiet"]);
  }

  partsOf(name: string): string[] {
    return readdirSync(this.at(name)).filter((file) => /^part-\d+(\.\w+){1,2}$/.test(file));
  }

  /** The content of all parts, in the order of their names. */
  contentOf(name: string): Buffer {
    return Buffer.concat(this.partsOf(name).map((file) => readFileSync(join(this.at(name), file))));
  }

  filesOf(name: string): string[] {
    return readdirSync(this.at(name)).filter((file) => file !== "results.json");
  }

  /** Writes 600 facts to `in.ndjson` and `in.ndjson.gz`; returns their lines. */
  async makeInput(): Promise<string[]> {
    const words = ["--facts", "600", "--fact-size", "4KB", "--output", this.at("in.ndjson")];
    await hellfact(["generate", ...words]);
    const text = readFileSync(this.at("in.ndjson"), "utf8");
    writeFileSync(this.at("in.ndjson.gz"), gzipSync(text));
    return text.trimEnd().split("\n");
  }
}
