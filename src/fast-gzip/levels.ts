/** How far the match finder looks: at one, two or four places where the same bytes stood before. */
export const LEVELS = ["fast", "balanced", "small"] as const;
export type Level = (typeof LEVELS)[number];
