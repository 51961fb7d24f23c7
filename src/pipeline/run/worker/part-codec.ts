import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { Codec, CodecOptions, OpenCodec } from "../../../core/codec.js";
import type { JsonSchema } from "../../../core/json-schema.js";
import { writeWhole } from "../../../sinks/file.js";
import { sidecarPath } from "../../data-file.js";
import { encoderOf, type Encoder } from "../../fact-writer.js";
import type { RunPlan } from "../plan.js";

/** The codec of a worker: at the first fact of every part as it was before the first of all. */
export class PartCodec {
  private open: OpenCodec;
  /** What it keeps outside its bytes before the first fact. */
  private before: Uint8Array | undefined;

  constructor(
    private readonly plan: RunPlan,
    private readonly codec: Codec,
    private readonly schema: JsonSchema | undefined,
  ) {
    this.open = this.opened();
    this.before = this.open.sidecar?.();
  }

  /** Encodes the facts of the part that is made now. */
  encoder(): Encoder {
    return encoderOf(this.codec, this.open);
  }

  /** Encodes facts of no part: what it learns from them must not get into one. */
  encoderApart(): Encoder {
    return encoderOf(this.codec, this.opened());
  }

  /**
   * Writes what the codec keeps outside the bytes of a part, if that is not what it kept before the
   * first, and begins anew. Returns the name of the file that a reader of the part needs.
   */
  endPart(partPath: string | null): string | null {
    const { plan, before } = this;
    const after = this.open.sidecar?.();
    if (after === undefined) return null;
    const isAsBefore = before !== undefined && Buffer.compare(after, before) === 0;
    // The next part begins as this one did, so that its bytes do not depend on what was before it.
    if (!isAsBefore) {
      this.open = this.opened();
      this.before = this.open.sidecar?.();
    }
    if (partPath === null) return null;
    if (isAsBefore && plan.sidecar !== null) return plan.sidecar;
    const path = sidecarPath(this.codec, partPath);
    writeWhole(path, after, plan.sync);
    return basename(path);
  }

  private opened(): OpenCodec {
    const { plan, schema } = this;
    const options: CodecOptions = {
      ...(schema !== undefined && { schema }),
      ...(plan.sidecar !== null &&
        plan.folder !== null && { sidecar: readFileSync(join(plan.folder, plan.sidecar)) }),
    };
    return this.codec.open(options);
  }
}
