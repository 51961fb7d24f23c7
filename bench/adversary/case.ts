/** What an adversary tries, and what comes of it. */

export interface Case {
  /** Words after `hellfact`; or a line of shell, in which `hellfact` is the command. */
  readonly words?: readonly string[];
  readonly shell?: string;
  /** Facts and a schema for `factCheck` of the library, instead of a command. */
  readonly check?: { readonly schema: unknown; readonly facts: readonly unknown[] };
  /** Files that are laid into the case's folder first. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  /** A folder whose content is copied there before. */
  readonly from?: string;
  /** Exit codes, each of which is right. */
  readonly exits: readonly number[];
  /** A process of its own, for what other processes and signals have to do with. */
  readonly alone?: boolean;
  /** How often lines are told on standard error where it fails; one, if nothing is said. */
  readonly lines?: number;
  /** What may stand in the output, though elsewhere it would be a value that went astray. */
  readonly fine?: RegExp;
  /** Text that must not be in the output. */
  readonly never?: RegExp;
}

export interface Category {
  readonly name: string;
  /**
   * @param scratch a folder for what the cases share
   * @param isShort whether only a few are tried, and little is to be prepared
   */
  cases(scratch: string, isShort: boolean): Iterable<Case> | Promise<Iterable<Case>>;
  /** Ends what cases needed. */
  end?(): Promise<void>;
}

export interface Outcome {
  /** `null` if it was killed, as one that hangs is. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly seconds: number;
  /** Names of files that it left half-written. */
  readonly halves: readonly string[];
  /** Processes that outlived it. */
  readonly orphans: number;
}

/** As somebody would type it, to try it again, with the files that it was tried on. */
export function commandOf(one: Case): string {
  const files = Object.entries(one.files ?? {}).map(
    ([name, content]) => `\n    ${name}: ${JSON.stringify(String(content)).slice(0, 200)}`,
  );
  return `${lineOf(one)}${files.join("")}`;
}

function lineOf({ words, shell, check }: Case): string {
  if (shell !== undefined) return shell;
  if (check !== undefined) return `factCheck(${JSON.stringify(check.schema).slice(0, 150)})`;
  const quoted = (word: string) => (/^[\w./:=,@%+-]+$/.test(word) ? word : JSON.stringify(word));
  return ["hellfact", ...(words ?? []).map((word) => quoted(word.slice(0, 60)))].join(" ");
}
