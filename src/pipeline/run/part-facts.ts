/** The facts of a run's parts, read back and checked. */
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { HellfactError } from "../../core/errors.js";
import type { Fact } from "../../core/fact.js";
import type { JsonSchema } from "../../core/json-schema.js";
import { FileReader, filePieces } from "../data-file.js";
import { factsIn } from "../fact-reader.js";
import type { Parts } from "../parts.js";
import type { OwnFiles } from "./own-files.js";
import { partsOf } from "./places/plan-parts.js";
import { otherCrc32, PartCodecs } from "./places/part-codecs.js";
import type { PartEntry, RunPlan } from "./plan.js";

/** The schema that a run's facts fit; `undefined` where nobody said one. */
export async function schemaOfRun({ schema, source }: RunPlan): Promise<JsonSchema | undefined> {
  if (schema !== undefined) return schema.schema;
  if (source.kind !== "generator") return undefined;
  return (await import("../../sources/generator-schema.js")).hellFactSchema;
}

/** Opens what the parts of a run are read with. @param own the user's own codec and compressor, if they were written by such */
export async function openPartFacts(
  folder: string,
  plan: RunPlan,
  own: OwnFiles = {},
): Promise<PartFacts> {
  return new PartFacts(folder, await partsOf(plan, own), await schemaOfRun(plan));
}

export class PartFacts {
  private readonly files = new FileReader();
  private readonly codecs: PartCodecs;

  constructor(
    private readonly folder: string,
    private readonly parts: Parts,
    schema: JsonSchema | undefined,
  ) {
    this.codecs = new PartCodecs(folder, parts, schema);
  }

  /**
   * The facts of a part in order, each decoded when it is asked for. Throws a `HellfactError` if the
   * part does not have the bytes that its run's manifest says.
   */
  *read(part: PartEntry): Generator<Fact> {
    const path = join(this.folder, part.file);
    const bytes = this.files.read(path);
    checkSum(path, crc32(bytes), part);
    for (const fact of factsIn(bytes, this.parts, this.codecs.of(part))) {
      if (fact === undefined) throw new HellfactError(`${path}: its codec cannot be read back.`);
      yield fact;
    }
  }

  /**
   * The text of a part of JSON lines, in pieces that may end anywhere, and from which it can be read in little
   * memory; `undefined` where its facts are something else. Throws as `read` does, once all is read: where it is
   * damaged, nonsense comes before that, and `damage` says it.
   */
  text(part: PartEntry): Iterable<Uint8Array> | undefined {
    const { codec, framing, compressor, unit } = this.parts;
    const isLines = codec.format === "json" && framing.name === "newline";
    if (!isLines || unit === "fact") return undefined;
    return compressor.decompressPieces?.(this.checkedPieces(part), true);
  }

  /** That a part does not have the bytes that its run's manifest says, if so. */
  damage(part: PartEntry): HellfactError | undefined {
    try {
      for (const _ of this.checkedPieces(part));
      return undefined;
    } catch (error) {
      if (error instanceof HellfactError) return error;
      throw error;
    }
  }

  private *checkedPieces(part: PartEntry): Iterable<Uint8Array> {
    const path = join(this.folder, part.file);
    let sum = 0;
    for (const piece of filePieces(path)) {
      sum = crc32(piece, sum);
      yield piece;
    }
    checkSum(path, sum, part);
  }
}

function checkSum(path: string, found: number, part: PartEntry): void {
  const problem = otherCrc32(path, found, part);
  if (problem !== undefined) throw new HellfactError(problem);
}
