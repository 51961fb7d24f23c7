/** What a trial is made of, as far as it is known without opening it. */
import type { Codec } from "../core/codec.js";

/** What is known of a codec without opening it, which another runtime can tell, too. */
export type PlannableCodec = Omit<Codec, "open">;

/** A codec, or why it is not to be had. */
export type LoadedCodec =
  | { readonly name: string; readonly codec: PlannableCodec }
  | { readonly name: string; readonly unavailable: string };
