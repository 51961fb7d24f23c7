/** How text is printed. */
export interface TextOptions {
  readonly colors: boolean;
  /** What is shown beside a study's first screen; nothing unless it was asked for. */
  readonly detail?: Detail;
}

export interface Detail {
  /** Every column and every note. */
  readonly all?: boolean;
  /** What binds, and what would change it. */
  readonly verdict?: boolean;
  /** Each sentence with its evidence. */
  readonly explain?: boolean;
}
