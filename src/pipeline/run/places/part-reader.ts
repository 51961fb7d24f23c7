import { join } from "node:path";
import { crc32 } from "node:zlib";
import { DataError, firstLine } from "../../../core/errors.js";
import type { JsonSchema } from "../../../core/json-schema.js";
import { FileReader } from "../../data-file.js";
import { factsIn } from "../../fact-reader.js";
import type { Parts } from "../../parts.js";
import { problemOfFiles } from "../folder.js";
import type { OwnFiles } from "../own-files.js";
import { partsOf } from "./plan-parts.js";
import { otherCrc32, PartCodecs } from "./part-codecs.js";
import { schemaOfRun } from "../part-facts.js";
import type { PartEntry, RunPlan } from "../plan.js";

/** Reads parts back, one after the other. */
export class PartReader {
  private readonly files = new FileReader();
  private readonly codecs: PartCodecs;

  private constructor(
    private readonly folder: string,
    private readonly parts: Parts,
    schema: JsonSchema | undefined,
  ) {
    this.codecs = new PartCodecs(folder, parts, schema);
  }

  static async open(folder: string, plan: RunPlan, own: OwnFiles): Promise<PartReader> {
    return new PartReader(folder, await partsOf(plan, own), await schemaOfRun(plan));
  }

  /** What is wrong with a part, or `undefined`. */
  problemOf(part: PartEntry): string | undefined {
    const problem = problemOfFiles(this.folder, part);
    if (problem !== undefined) return problem;
    const path = join(this.folder, part.file);
    let facts = 0;
    try {
      const bytes = this.files.read(path);
      const other = otherCrc32(path, crc32(bytes), part);
      if (other !== undefined) return other;
      for (const _ of factsIn(bytes, this.parts, this.codecs.of(part))) facts += 1;
    } catch (error) {
      const where = error instanceof DataError ? "" : `fact ${facts} of it cannot be decoded: `;
      return `${path}: ${where}${firstLine(error)}.`;
    }
    if (facts === part.facts) return undefined;
    return `${path}: it has ${facts} facts, and should have ${part.facts}.`;
  }
}
