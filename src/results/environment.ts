import { Type } from "typebox";
import { Amount, nullable, object, Strings } from "./schema.js";

/** Where and with what something was measured. */
export const environmentSchema = object({
  toolVersion: Type.String(),
  cpuModel: Type.String(),
  /** Cores this process may use. */
  cores: Type.Number({ minimum: 1 }),
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
  /** Version of each codec's library, by package name. */
  libraries: Type.Record(Type.String(), Type.String()),
});
