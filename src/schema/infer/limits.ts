/** More keys than this are data, whatever they look like. */
export const MOST_KEYS = 1000;
