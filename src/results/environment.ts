import { Type, type Static } from "../core/typebox.js";
import { Amount, nullable, object, oneOf, Strings } from "./schema.js";

/** Where and with what something was measured. */
export const environmentSchema = object({
  toolVersion: Type.String(),
  cpuModel: Type.String(),
  /** Cores this process may use. */
  cores: Type.Number({ minimum: 1, maximum: 1e6 }),
  /** Cores' worth of time the control group allows, where it limits them. */
  cpuQuota: nullable(Amount),
  memoryBytes: Amount,
  platform: Type.String(),
  kernel: Type.String(),
  architecture: Type.String(),
  node: Type.String(),
  v8: Type.String(),
  /** Flags that change how V8 runs; empty for a headline figure. */
  runtimeFlags: Strings,
  /** The runtimes that were compared, by the names that scenarios have; not there where none were. */
  runtimes: Type.Optional(
    Type.Array(
      object({
        name: Type.String(),
        family: oneOf("node", "bun", "deno"),
        version: Type.String(),
        engine: Type.String(),
        flags: Strings,
        /** Variables that were set for it. */
        environment: Type.Record(Type.String(), Type.String()),
        /** Codecs that had gone through the same call sites before. */
        sharedWith: Type.Optional(Strings),
      }),
    ),
  ),
  /** Version of each codec's library, by package name. */
  libraries: Type.Record(Type.String(), Type.String()),
});

export type EnvironmentFingerprint = Static<typeof environmentSchema>;
