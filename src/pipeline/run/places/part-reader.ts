import { join } from "node:path";
import { crc32 } from "node:zlib";
import type { OpenCodec } from "../../../core/codec.js";
import { DataError, firstLine } from "../../../core/errors.js";
import { FileReader, readSidecarFile } from "../../data-file.js";
import { factsIn } from "../../fact-reader.js";
import { openCodec, type Parts } from "../../parts.js";
import { problemOfFiles } from "../folder.js";
import type { OwnFiles } from "../own-files.js";
import { partsOf } from "../own-plugins.js";
import { schemaOfRun } from "../part-facts.js";
import type { PartEntry, RunPlan } from "../plan.js";

/** Reads parts back, one after the other. */
export class PartReader {
  private readonly files = new FileReader();
  private readonly codecs = new Map<string | null, OpenCodec>();

  private constructor(
    private readonly folder: string,
    private readonly parts: Parts,
    private readonly schema: Awaited<ReturnType<typeof schemaOfRun>>,
  ) {}

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
      const sum = crc32(bytes).toString(16).padStart(8, "0");
      if (sum !== part.crc32) return `${path}: its CRC-32 is ${sum}, and should be ${part.crc32}.`;
      for (const _ of factsIn(bytes, this.parts, this.codecFor(part.sidecar))) facts += 1;
    } catch (error) {
      const where = error instanceof DataError ? "" : `fact ${facts} of it cannot be decoded: `;
      return `${path}: ${where}${firstLine(error)}.`;
    }
    if (facts === part.facts) return undefined;
    return `${path}: it has ${facts} facts, and should have ${part.facts}.`;
  }

  private codecFor(sidecar: string | null): OpenCodec {
    const known = this.codecs.get(sidecar);
    if (known !== undefined) return known;
    const bytes = sidecar === null ? undefined : readSidecarFile(join(this.folder, sidecar));
    const opened = openCodec(this.parts.codec, this.schema, bytes);
    this.codecs.set(sidecar, opened);
    return opened;
  }
}
