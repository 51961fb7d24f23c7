/** The facts of a run's parts, read back and checked. */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import type { OpenCodec } from "../../../core/codec.js";
import { HellfactError } from "../../../core/errors.js";
import type { Fact } from "../../../core/fact.js";
import type { JsonSchema } from "../../../core/json-schema.js";
import { FileReader, readSidecarFile } from "../../../pipeline/data-file.js";
import { factsIn } from "../../../pipeline/fact-reader.js";
import { loadParts, type Parts } from "../../../pipeline/parts.js";
import { openSource } from "../../../pipeline/run/worker/open-source.js";
import type { PartEntry, RunPlan } from "../../../pipeline/run/plan.js";

/** A run's name in a store: the same for the same bytes, whenever and wherever they were made. */
export function runName(plan: RunPlan): string {
  // Where it lies and how long it may take is not what its facts are.
  const { folder: _, durationSeconds: __, sync: ___, ...what } = plan;
  return createHash("sha256").update(JSON.stringify(what)).digest("hex").slice(0, 16);
}

/** Opens what the parts of a run are read with. */
export async function openParts(folder: string, plan: RunPlan): Promise<PartFacts> {
  const parts = await loadParts(plan, plan.compressor, null, plan.unit);
  const schema =
    plan.schema?.schema ??
    (plan.source.kind === "generator" ? (await openSource(plan.source)).schema : undefined);
  return new PartFacts(folder, parts, schema);
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
