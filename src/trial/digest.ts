import { createHash } from "node:crypto";

/** Stands for the bytes of a data file and of its sidecar. */
export function digestOf(bytes: Uint8Array, sidecar: Uint8Array | undefined): string {
  return createHash("sha256")
    .update(bytes)
    .update(sidecar ?? "")
    .digest("hex");
}
