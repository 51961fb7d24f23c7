/** More keys than this are data, whatever they look like. */
export const MAX_KEYS = 1000;
