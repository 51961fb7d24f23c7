import type { Warning } from "../model/warnings.js";
import { bytes, significant } from "../../../report/numbers.js";

/** Short texts name no machine and no figure of one. */
export type TextLength = "short" | "long";

/** A warning in a sentence that says what to do about it. */
export function warningText(warning: Warning, length: TextLength): string {
  const machine = length === "long" && "machine" in warning ? warning.machine : "this machine";
  switch (warning.kind) {
    case "does-not-fit":
      return warning.lacks === "memory"
        ? `${machine} has not the memory for one worker: take a larger type`
        : `${machine} has no local disk: take another type, or leave out --local-disk`;
    case "hyperthread":
      return (
        `a vCPU of ${machine} is one of two threads of a core: with all of them busy it may give ` +
        `much less than a core; measure there, or say --core-speed`
      );
    case "burstable":
      return (
        `${machine} is burstable: it gives all of its vCPUs for a while only, and is counted as if it ` +
        `always gave them`
      );
    case "baseline":
      return length === "short"
        ? `the ${warning.resource} binds, counted at its baseline; for a while it gives more`
        : `the ${warning.resource} of ${machine} is counted at its baseline, ` +
            `${bytes(warning.bytesPerSecond)}/s; for a while it gives ${bytes(warning.burstBytesPerSecond)}/s`;
    case "not-counted":
      return (
        `the ${warning.resource} of ${machine} is not in the sum: nobody has told what it gives` +
        (warning.resource === "disk" ? " (for a local disk, --local-disk-speed does)" : "")
      );
    case "other-cpu":
      return (
        `measured on ${warning.measuredOn}, which is another CPU than that of ${machine}: ` +
        (warning.scaled
          ? "scaled by the core speed above"
          : "measure there, or run hellfact size --calibrate there with this document")
      );
    case "verdict":
      return (
        `was ${warning.verdict} where it was measured, not codec-bound: its CPU-seconds stand, but a ` +
        `machine with the same disk may not carry what its cores could`
      );
    case "worker-time":
      return (
        "a run counts no CPU-seconds: the time its workers spent in stages stands for them, which is at " +
        "least as much; hellfact bench counts them"
      );
    case "few-trials":
      return "fewer than five trials: nothing is known of how far the CPU-seconds may be off";
    case "uncertain":
      return length === "short"
        ? "the 95 % interval of the CPU-seconds leaves the number of machines open: measure longer (--budget)"
        : `the 95 % interval of the CPU-seconds reaches from ${warning.least} to ${warning.most} ` +
            `machines: measure longer (--budget) to decide`;
    case "duplication":
      return (
        `measured with facts told ${warning.measured} × and asked for ${warning.load} ×: copies within ` +
        `the compressor's reach take less time and room; measure with --duplication ${warning.load}, or ` +
        `two of them with bench --sweep duplication=1,${Math.max(10, warning.load)}`
      );
    case "fact-size":
      return (
        `measured with facts of ${bytes(warning.measuredBytes)}; those of ${warning.load} take ` +
        `${significant(warning.loadBytes)} B: measure with --fact-size or --input nearer to it`
      );
  }
}
