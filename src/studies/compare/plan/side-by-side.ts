import { usableCores } from "../../../machine/environment.js";

/** More processes than this get ready no sooner together than the one that takes longest. */
const MOST = 4;

/** How many processes of trials get ready at a time, while none measures. */
export function processesSideBySide(): number {
  return Math.min(usableCores(), MOST);
}
