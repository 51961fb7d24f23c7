/**
 * What a codec of somebody else may take while it is looked at. The contract takes a second or two; a
 * codec that is still at it after this will not come back.
 */
export const LIMITS = { patienceSeconds: 30, maxMegabytes: 1024 };
