/** How fast a core of the machine to be sized is, against the one that was measured on. */
import type { Measured } from "./measured.js";

/** What a calibration found, and when. */
export interface Reference {
  readonly measuredAt: string;
  readonly cpuModel: string;
  readonly node: string;
  /** User CPU-seconds for a fact of the reference encode. */
  readonly secondsPerFact: number;
}

export interface CoreSpeed {
  /** 2 is twice as fast as the core that was measured on. */
  readonly speed: number;
  readonly basis:
    | { readonly kind: "given" }
    | { readonly kind: "uncalibrated" }
    /** The calibration is of the CPU that was measured on. */
    | { readonly kind: "same-cpu"; readonly calibratedAt: string }
    | {
        readonly kind: "calibrated";
        readonly calibratedAt: string;
        readonly cpuModel: string;
        /** Runtimes, where they differ: then they are in the speed, too. */
        readonly nodes: readonly [measured: string, calibrated: string] | null;
      }
    /** The document has no figure that the calibration could be held against. */
    | { readonly kind: "not-comparable"; readonly calibratedAt: string };
}

/** What is said goes before what was calibrated; without either, cores are taken to be alike. */
export function coreSpeed(
  measured: Measured,
  reference: Reference | null,
  given: number | null,
): CoreSpeed {
  if (given !== null) return { speed: given, basis: { kind: "given" } };
  if (reference === null || measured.cpuFrom === "given") {
    return { speed: 1, basis: { kind: "uncalibrated" } };
  }
  const { measuredAt: calibratedAt, cpuModel, node } = reference;
  if (cpuModel === measured.cpuModel && node === measured.node) {
    return { speed: 1, basis: { kind: "same-cpu", calibratedAt } };
  }
  if (measured.referenceSeconds === null) {
    return { speed: 1, basis: { kind: "not-comparable", calibratedAt } };
  }
  return {
    speed: measured.referenceSeconds / reference.secondsPerFact,
    basis: {
      kind: "calibrated",
      calibratedAt,
      cpuModel,
      nodes: node === measured.node ? null : [measured.node, node],
    },
  };
}
