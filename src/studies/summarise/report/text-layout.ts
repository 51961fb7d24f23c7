export type Align = "left" | "right";

/** How tables and sentences are laid out. */
export interface TextLayout {
  readonly wrapped: (sentence: string) => string[];
  readonly table: (
    rows: readonly (readonly string[])[],
    options: { readonly gap: number; readonly aligns: readonly Align[] },
  ) => string[];
}
