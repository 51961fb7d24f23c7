/** Writes to standard output, waiting while nobody reads it. */
export async function toStdout(text: string): Promise<void> {
  if (text === "" || process.stdout.write(text)) return;
  await new Promise((resolve) => process.stdout.once("drain", resolve));
}
