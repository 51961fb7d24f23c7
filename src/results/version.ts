export const RESULTS_FORMAT = "hellfact-results";
/** Raised when a reader of the previous version would misread this one. */
export const RESULTS_VERSION = 1;
