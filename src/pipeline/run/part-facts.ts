/** The facts of a run's parts, read back and checked. */
import { join } from "node:path";
import { crc32 } from "node:zlib";
import type { OpenCodec } from "../../core/codec.js";
import { HellfactError } from "../../core/errors.js";
import type { Fact } from "../../core/fact.js";
import type { JsonSchema } from "../../core/json-schema.js";
import { FileReader, readSidecarFile } from "../data-file.js";
import { factsIn } from "../fact-reader.js";
import { loadParts, type Parts } from "../parts.js";
import { codecOf } from "./own-codec.js";
import type { PartEntry, RunPlan } from "./plan.js";
import { openSource } from "./worker/open-source.js";

/** The schema that a run's facts fit; `undefined` where nobody said one. */
export async function schemaOfRun({ schema, source }: RunPlan): Promise<JsonSchema | undefined> {
  if (schema !== undefined) return schema.schema;
  return source.kind === "generator" ? (await openSource(source)).schema : undefined;
}

/** Opens what the parts of a run are read with. @param codecFile the user's own codec, if it was written by one */
export async function openPartFacts(
  folder: string,
  plan: RunPlan,
  codecFile?: string,
): Promise<PartFacts> {
  const parts = await loadParts(codecOf(plan, codecFile), plan.compressor, null, plan.unit);
  return new PartFacts(folder, parts, await schemaOfRun(plan));
}

export class PartFacts {
  private readonly files = new FileReader();
  private readonly codecs = new Map<string | null, OpenCodec>();

  constructor(
    private readonly folder: string,
    private readonly parts: Parts,
    private readonly schema: JsonSchema | undefined,
  ) {}

  /**
   * The facts of a part in order, each decoded when it is asked for. Throws a `HellfactError` if the
   * part does not have the bytes that its run's manifest says.
   */
  *read(part: PartEntry): Generator<Fact> {
    const path = join(this.folder, part.file);
    const bytes = this.files.read(path);
    const sum = crc32(bytes).toString(16).padStart(8, "0");
    if (sum !== part.crc32) {
      throw new HellfactError(`${path}: its CRC-32 is ${sum}, and should be ${part.crc32}.`);
    }
    for (const fact of factsIn(bytes, this.parts, this.codecFor(part.sidecar))) {
      if (fact === undefined) throw new HellfactError(`${path}: its codec cannot be read back.`);
      yield fact;
    }
  }

  private codecFor(sidecar: string | null): OpenCodec {
    const known = this.codecs.get(sidecar);
    if (known !== undefined) return known;
    const opened = this.parts.codec.open({
      ...(this.schema !== undefined && { schema: this.schema }),
      ...(sidecar !== null && { sidecar: readSidecarFile(join(this.folder, sidecar)) }),
    });
    this.codecs.set(sidecar, opened);
    return opened;
  }
}
