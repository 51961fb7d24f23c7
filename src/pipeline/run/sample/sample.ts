import { InputError, noFacts } from "../../../core/errors.js";
import { factsOf } from "../../../core/ranged-source.js";
import { loadCodec } from "../../../plugins/load-codec.js";
import { nullSink } from "../../../sinks/null.js";
import { encoderOf, FactWriter } from "../../fact-writer.js";
import type { OwnFiles } from "../own-files.js";
import { codecOf, partsOf } from "../places/plan-parts.js";
import { openSource } from "../worker/open-source.js";
import type { RunPlan, RunSchema } from "../plan.js";
import type { RunRequest } from "../request.js";
import { refusal } from "../worker/refusal.js";
import { givenRunSchema, inferHint, inferRunSchema, runCheck } from "../run-schema.js";

const SAMPLE_FACTS = 256;
const SAMPLE_BYTES = 16_000_000;

/** What a sample depends on. */
export type Sampled = OwnFiles &
  Pick<RunPlan, "source" | "start" | "codec" | "compressor" | "unit" | "onError" | "schema"> &
  Pick<RunRequest, "schemaFile" | "decisions">;

/** What is known of a run by looking at its first facts. */
export interface Sample {
  /** Of a user's facts, where there is one. */
  readonly schema: RunSchema | undefined;
  /** What the facts seem to be, where that is of use to the writer and there is no schema. */
  readonly hint: RunSchema | undefined;
  /** Stored bytes for each position of the source; `null` where nothing can be read beforehand. */
  readonly bytesPerPosition: number | null;
  /** What the codec learned, and how a file with that ends. */
  readonly sidecar: { readonly bytes: Uint8Array; readonly extension: string } | undefined;
  /** Whether the codec's bytes depend on the facts alone. */
  readonly deterministic: boolean;
  /** What compresses, where that is not the same on every runtime. */
  readonly compressedBy: string | undefined;
}

/** The schema of a user's facts: given, or inferred where the codec cannot do without. */
async function schemaOf(request: Sampled): Promise<RunSchema | undefined> {
  const { source, codec, schemaFile, onError, schema } = request;
  if (schema !== undefined) return schema;
  if (schemaFile !== undefined) {
    if (source.kind !== "generator") return givenRunSchema(schemaFile);
    throw new InputError("--schema is for facts of your own: give them with --input FILE.");
  }
  const { needsSchema } = await loadCodec(codecOf(request, request));
  if (!needsSchema && request.decisions !== undefined) {
    throw new InputError(
      `--map and --record are for a schema, and ${codec} needs none: leave them out.`,
    );
  }
  if (!needsSchema || source.kind === "generator") return undefined;
  return inferRunSchema(source, codec, onError, request.decisions);
}

/** Takes the codec and the first facts of a run, in this process. @param end the position behind the last */
export async function takeSample(request: Sampled, end: number): Promise<Sample> {
  const own = await schemaOf(request);
  const ownSchema = own?.schema;
  const chosen = await partsOf(request, request);
  // A sample that is of another size each time would make other parts each time.
  const parts =
    chosen.codec.deterministic === false
      ? await partsOf({ ...request, codec: "json" }, { ...request, codecFile: undefined })
      : chosen;
  const skip = request.onError === "skip" ? () => undefined : undefined;
  const source = await openSource(request.source, skip, runCheck(ownSchema));
  const schema = ownSchema ?? source.schema;
  const codec = parts.codec.open(schema === undefined ? {} : { schema });
  const encoder = encoderOf(parts.codec, codec);
  const deterministic = chosen.codec.deterministic !== false;
  const known = { schema: own, deterministic, compressedBy: chosen.compressedBy };
  const wantsHint = chosen.codec.compiledBy !== undefined && schema === undefined;
  if (request.source.kind === "stream") {
    const hint = wantsHint ? await inferHint(request.source) : undefined;
    return { ...known, hint, bytesPerPosition: null, sidecar: undefined };
  }

  const orRefuse = (work: () => void) => {
    try {
      work();
    } catch (error) {
      throw refusal(error, source, chosen.codec);
    }
  };
  const writer = new FactWriter({ ...parts, ...encoder }, nullSink());
  let facts = 0;
  for await (const fact of factsOf(source, request.start, end)) {
    if (fact === undefined) continue;
    orRefuse(() => writer.add(fact));
    facts += 1;
    if (facts >= SAMPLE_FACTS || writer.encodedBytes >= SAMPLE_BYTES) break;
  }
  orRefuse(() => writer.endFile());
  if (facts === 0 && request.source.kind !== "generator") throw noFacts(request.source.path);
  const positions = Math.max(1, source.bytes ?? source.position - request.start);
  const bytes = codec.sidecar?.();
  const extension = chosen.codec.sidecarExtension ?? "sidecar";
  return {
    ...known,
    hint: wantsHint ? await inferHint(request.source) : undefined,
    bytesPerPosition: writer.storedBytes / positions,
    sidecar: bytes && { bytes, extension },
  };
}
