/** The names of the runtimes that are compared, in the order they were asked for; none where none were. */
export function runtimesIn(
  compared: readonly { readonly runtime?: string | undefined }[],
): string[] {
  return [...new Set(compared.flatMap(({ runtime = [] }) => runtime))];
}
