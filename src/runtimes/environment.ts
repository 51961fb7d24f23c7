import type { EnvironmentFingerprint } from "../results/environment.js";
import type { Runtime } from "./runtime.js";

/** An environment with the runtimes that something was measured under, where there were any. */
export function environmentUnder(
  environment: EnvironmentFingerprint,
  runtimes: readonly Runtime[],
): EnvironmentFingerprint {
  if (runtimes.length === 0) return environment;
  return {
    ...environment,
    // Where its binary lies is this machine's business.
    runtimes: runtimes.map(
      ({ name, family, version, engine, flags, environment: variables, sharedWith }) => ({
        ...{ name, family, version, engine, flags: [...flags], environment: { ...variables } },
        ...(sharedWith !== undefined && { sharedWith: [...sharedWith] }),
      }),
    ),
  };
}
