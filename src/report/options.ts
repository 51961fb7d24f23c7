/** How text is printed. */
export interface TextOptions {
  readonly colors: boolean;
}
