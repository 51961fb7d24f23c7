/** One thing that a diagnosis looked at. */
export interface Finding {
  readonly kind:
    "codec" | "compressor" | "store" | "objects" | "transport" | "machine" | "disk" | "prices";
  readonly name: string;
  readonly works: boolean;
  /** What was found: a version, a figure, or why it does not work. */
  readonly detail: string;
  /** What would make it work, where something does not. */
  readonly remedy: string | null;
}
