/** What parts of a run are decoded with, and how their bytes are known to be the run's. */
import { join } from "node:path";
import type { OpenCodec } from "../../../core/codec.js";
import type { JsonSchema } from "../../../core/json-schema.js";
import { readSidecarFile } from "../../data-file.js";
import { openCodec, type Parts } from "../../parts.js";
import type { PartEntry } from "../plan.js";

/** Codecs of a run's parts: one for each file that parts keep outside their bytes, opened when a part needs it. */
export class PartCodecs {
  private readonly opened = new Map<string | null, OpenCodec>();

  constructor(
    private readonly folder: string,
    private readonly parts: Parts,
    private readonly schema: JsonSchema | undefined,
  ) {}

  of({ sidecar }: Pick<PartEntry, "sidecar">): OpenCodec {
    const known = this.opened.get(sidecar);
    if (known !== undefined) return known;
    const bytes = sidecar === null ? undefined : readSidecarFile(join(this.folder, sidecar));
    const opened = openCodec(this.parts.codec, this.schema, bytes);
    this.opened.set(sidecar, opened);
    return opened;
  }
}

/** That a file has another CRC-32 than its run's manifest says, in a line, if it has. */
export function otherCrc32(path: string, found: number, part: PartEntry): string | undefined {
  const sum = found.toString(16).padStart(8, "0");
  return sum === part.crc32
    ? undefined
    : `${path}: its CRC-32 is ${sum}, and should be ${part.crc32}.`;
}
