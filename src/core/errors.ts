/**
 * Errors that a user can cause or meet. Their messages are one line that says what is wrong and
 * what would be right; the command line prints them without a stack trace.
 */
export class HellfactError extends Error {
  override readonly name: string = "HellfactError";
  /** What the process exits with when nothing catches it. */
  readonly exitCode: number = 1;
}

/** The command line or an input is wrong. */
export class InputError extends HellfactError {
  override readonly name = "InputError";
  override readonly exitCode = 2;
}

/** The error of an input that is empty. */
export function noFacts(path: string): InputError {
  return new InputError(`${calledFile(path)} holds no facts. Give it at least one JSON object.`);
}

/** What a person calls the file at a path: `-` is standard input. */
export function calledFile(path: string): string {
  return path === "-" ? "standard input" : path;
}

/** Bytes at rest are not what they should be: truncated, damaged, or of another format. */
export class DataError extends HellfactError {
  override readonly name = "DataError";
  readonly problem: string;
  /** Byte offset, in the bytes that were given, at which it was noticed. */
  readonly offset: number;
  constructor(problem: string, offset: number) {
    super(`${problem} at byte ${offset}`);
    this.problem = problem;
    this.offset = offset;
  }
}

/** Something optional is not there on this machine; the rest goes on without it. */
export class UnavailableError extends HellfactError {
  override readonly name = "UnavailableError";
  /** @param remedy how to get it, where that is not to install or rebuild its package */
  constructor(
    message: string,
    readonly remedy?: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The disk is full: nothing more can be written until there is room. */
export class DiskFullError extends HellfactError {
  override readonly name = "DiskFullError";
}

/** Why a module did not load, without the machine's paths where there is a better word for it. */
export function whyNotLoaded(error: unknown): string {
  const missing = /Cannot find (?:package|module) '([^'/.][^']*)'/.exec(firstLine(error))?.[1];
  return missing === undefined ? firstLine(error) : `the package ${missing} is not installed`;
}

/** What a process that died said of the cause on standard error, if it did. */
export function lastErrorLine(errorOutput: string): string | undefined {
  const lines = errorOutput.split("\n");
  // The line of code that Node prints before an error may have such words in it, too.
  const told =
    lines.find((line) => /^(?:Uncaught )?[\w.]*Error\b.*:|^FATAL ERROR/.test(line)) ??
    lines.find((line) => /error|fatal|terminat/i.test(line));
  return told?.trim();
}

/** The first line of whatever was thrown: an error, something with a message, or any other value. */
export function firstLine(error: unknown): string {
  const message = messageOf(error);
  return (
    message.split("\n").find((line) => line.trim() !== "") ?? "it threw an error without words"
  );
}

function messageOf(error: unknown): string {
  if ((typeof error !== "object" && typeof error !== "function") || error === null) {
    return String(error);
  }
  try {
    const { message } = error as { readonly message?: unknown };
    return typeof message === "string" ? message : "something was thrown that is no error";
  } catch {
    return "something was thrown that is no error";
  }
}
