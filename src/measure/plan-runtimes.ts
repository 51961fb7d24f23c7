import type { Runtime } from "../runtimes/runtime.js";
import {
  planMatrix,
  type LoadedCodec,
  type MatrixOptions,
  type PlannedScenario,
} from "./matrix.js";
import { loadCodec, probeRuntime, type ProbeQuestion } from "./probe.js";

export interface RuntimesPlan {
  readonly planned: readonly PlannedScenario[];
  /** npm packages whose versions belong into the record. */
  readonly libraries: readonly string[];
  readonly warnings: readonly string[];
}

type WithoutCodecs = Omit<MatrixOptions, "codecs" | "runtime"> & {
  /** Empty for the one that runs this. */
  readonly runtimes: readonly Runtime[];
};

/**
 * The scenarios of every runtime. What loads in another runtime only a process of that runtime can
 * tell; it also says which facts it makes, since figures over different facts compare nothing.
 */
export async function planUnder(
  matrix: WithoutCodecs,
  question: ProbeQuestion,
): Promise<RuntimesPlan> {
  if (matrix.runtimes.length === 0) {
    const codecs = await Promise.all(question.codecs.map(loadCodec));
    return {
      planned: planMatrix({ ...matrix, codecs }),
      libraries: librariesOf(codecs),
      warnings: [],
    };
  }
  const probes = [];
  for (const runtime of matrix.runtimes) {
    probes.push({ runtime, ...(await probeRuntime(runtime, question)) });
  }
  const first = probes.find(({ factsDigest }) => factsDigest !== null);
  const others = probes.filter(
    ({ factsDigest }) => factsDigest !== null && factsDigest !== first?.factsDigest,
  );
  return {
    planned: probes.flatMap(({ runtime: { name }, codecs }) =>
      planMatrix({ ...matrix, codecs, runtime: name }),
    ),
    libraries: librariesOf(probes.flatMap(({ codecs }) => codecs)),
    warnings: others.map(
      ({ runtime }) =>
        `${runtime.name} makes other facts than ${first?.runtime.name}: their figures do not compare`,
    ),
  };
}

function librariesOf(codecs: readonly LoadedCodec[]): string[] {
  const names = codecs.flatMap((loaded) => ("codec" in loaded ? [loaded.codec.npmPackage] : []));
  return [...new Set([...names.filter((name) => name !== null), "zlib-sync"])];
}
