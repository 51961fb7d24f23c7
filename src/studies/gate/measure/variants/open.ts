import { InputError } from "../../../../core/errors.js";
import type { VariantName, CodecPlace } from "../plan.js";
import type { VariantSource } from "./variant-source.js";
import { filesVariant } from "./files.js";
import { gitVariant } from "./git.js";
import { npmVariant } from "./npm.js";

/** Both places of one codec. */
export interface Matched {
  readonly codec: string;
  readonly places: Readonly<Record<VariantName, CodecPlace>>;
}

/** Opens a variant as a user names it: a file, a folder, `git:REF` or `npm:PACKAGE@VERSION`. */
export function openVariant(label: string): Promise<VariantSource> {
  if (label.startsWith("git:")) return gitVariant(label, label.slice("git:".length));
  if (label.startsWith("npm:")) return npmVariant(label, label.slice("npm:".length));
  return filesVariant(label);
}

/**
 * The codecs that both variants have, or of those the `wanted` ones. Where each variant has one codec, they
 * belong together whatever they are called. Throws an `InputError` if there is nothing to compare.
 */
export function matchCodecs(
  baseline: VariantSource,
  candidate: VariantSource,
  wanted: readonly string[] | undefined,
): Matched[] {
  const matched = pairsOf(baseline, candidate).filter(
    ({ codec }) => wanted?.includes(codec) ?? true,
  );
  const missing = wanted?.find((name) => !matched.some(({ codec }) => codec === name));
  if (missing !== undefined || matched.length === 0) {
    const names = ({ label, codecs }: VariantSource) =>
      `${label} has ${codecs.map(({ name }) => name).join(", ")}`;
    const what = missing === undefined ? "a codec" : `the codec "${missing}"`;
    throw new InputError(
      `the variants do not both have ${what}: ${names(baseline)}; ${names(candidate)}.`,
    );
  }
  const same = matched.find(({ places }) => isSame(places.baseline, places.candidate));
  if (same !== undefined) {
    throw new InputError(
      `baseline and candidate are the same file: ${same.places.baseline.file}. Copy it, or name another one.`,
    );
  }
  return matched;
}

function pairsOf(baseline: VariantSource, candidate: VariantSource): Matched[] {
  const [old] = baseline.codecs;
  const [only] = candidate.codecs;
  if (baseline.codecs.length === 1 && candidate.codecs.length === 1 && old && only) {
    return [{ codec: only.name, places: { baseline: old, candidate: only } }];
  }
  return candidate.codecs.flatMap((place) => {
    const other = baseline.codecs.find(({ name }) => name === place.name);
    return other === undefined
      ? []
      : [{ codec: place.name, places: { baseline: other, candidate: place } }];
  });
}

function isSame(a: CodecPlace, b: CodecPlace): boolean {
  return a.file === b.file && a.exportName === b.exportName && a.library === b.library;
}
