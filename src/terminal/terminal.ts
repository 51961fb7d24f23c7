/** What a process exits with that was told to stop by Ctrl-C: 128 and the signal's number. */
export const INTERRUPTED = 130;

/** Colours belong on a terminal whose user did not ask for none. */
export function colorsOn(stream: { readonly isTTY?: boolean }): boolean {
  return stream.isTTY === true && (process.env["NO_COLOR"] ?? "") === "";
}
