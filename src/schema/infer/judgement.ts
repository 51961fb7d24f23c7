/** What the keys of some objects are taken for, and why. */
export interface Judgement {
  readonly as: "map" | "record";
  readonly because: string;
  /** Whether others would say the same; where it is unsure, figures may depend on it. */
  readonly sure: boolean;
  /** Whether a person has decided it. */
  readonly byPerson: boolean;
}
