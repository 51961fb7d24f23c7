/** Errors on their way from one process to another, so that they mean the same there. */
import {
  DiskFullError,
  firstLine,
  HellfactError,
  InputError,
  UnavailableError,
} from "../core/errors.js";

/** An error as a message. */
export interface Failure {
  readonly kind: "input" | "disk-full" | "unavailable" | "other";
  readonly message: string;
  /** How to get what is not there, where somebody knows. */
  readonly remedy?: string | undefined;
}

export function failureOf(error: unknown): Failure {
  const message = firstLine(error);
  if (error instanceof InputError) return { kind: "input", message };
  if (error instanceof DiskFullError) return { kind: "disk-full", message };
  if (error instanceof UnavailableError) {
    return { kind: "unavailable", message, remedy: error.remedy };
  }
  return { kind: "other", message };
}

/** The error that a failure was made of. */
export function errorOf({ kind, message, remedy }: Failure): HellfactError {
  switch (kind) {
    case "input":
      return new InputError(message);
    case "disk-full":
      return new DiskFullError(message);
    case "unavailable":
      return new UnavailableError(message, remedy);
    case "other":
      return new HellfactError(message);
  }
}
