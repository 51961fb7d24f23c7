/** The files of a run's plugins that are none of this tool's: absolute paths. They are not for the plan to say. */
export interface OwnFiles {
  readonly codecFile?: string | undefined;
  readonly compressorFile?: string | undefined;
}

/** The files alone. */
export function ownFiles({ codecFile, compressorFile }: OwnFiles): OwnFiles {
  return { codecFile, compressorFile };
}
