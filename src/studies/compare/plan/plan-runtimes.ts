import type { DescribedCompressor } from "../../../core/compressor.js";
import type { CompressorChoice } from "../../../plugins/load-compressor.js";
import type { CodecChoice } from "../../../plugins/load-codec.js";
import type { Runtime } from "../../../runtimes/runtime.js";
import { planMatrix, type MatrixOptions, type PlannedScenario } from "./matrix.js";
import type { LoadedCodec } from "../../../plugins/known-codec.js";
import { describeChosen, probeRuntime, type ProbeQuestion } from "../../../runtimes/probe.js";

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
    const codecs = await Promise.all(question.codecs.map(describeChosen));
    return {
      planned: planMatrix({ ...matrix, codecs }),
      libraries: librariesOf(codecs, matrix.compressors),
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
    planned: probes.flatMap(({ runtime: { name }, codecs, engines }) => {
      const compressors = matrix.compressors.map((choice) => withEngines(choice, engines));
      return planMatrix({ ...matrix, compressors, codecs, runtime: name });
    }),
    libraries: librariesOf(
      probes.flatMap(({ codecs }) => codecs),
      matrix.compressors,
    ),
    warnings: others.map(
      ({ runtime }) =>
        `${runtime.name} makes other facts than ${first?.runtime.name}: their figures do not compare`,
    ),
  };
}

/** A compressor as it is in another runtime, which may undo it by something else. */
function withEngines(
  choice: CompressorChoice,
  theirs: Readonly<Record<string, DescribedCompressor["engines"]>>,
): CompressorChoice {
  const { compressor } = choice;
  return {
    ...choice,
    compressor: { ...compressor, engines: theirs[compressor.name] ?? compressor.engines },
  };
}

/**
 * Runtimes whose configurations name codecs as the command line does, by paths perhaps, with those codecs' own
 * names instead.
 *
 * @param given what the codecs were asked for as, in the order of `chosen`
 */
export function withCodecNames(
  runtimes: readonly Runtime[],
  given: readonly string[],
  chosen: readonly CodecChoice[],
): Runtime[] {
  const nameOf = (text: string) => chosen[given.indexOf(text)]?.codec ?? text;
  return runtimes.map((runtime) =>
    runtime.sharedWith === undefined
      ? runtime
      : { ...runtime, sharedWith: runtime.sharedWith.map(nameOf) },
  );
}

function librariesOf(
  codecs: readonly LoadedCodec[],
  compressors: readonly CompressorChoice[],
): string[] {
  const names = [
    ...codecs.flatMap((loaded) => ("codec" in loaded ? [loaded.codec.npmPackage] : [])),
    ...compressors.map(({ compressor }) => compressor.npmPackage),
  ];
  return [...new Set([...names.filter((name) => name !== null), "zlib-sync"])];
}
