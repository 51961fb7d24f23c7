import { createRequire } from "node:module";

/** The installed version of a package, or "" where it does not tell. */
export function installedVersion(name: string): string {
  try {
    const require = createRequire(import.meta.url);
    return (require(`${name}/package.json`) as { version?: string }).version ?? "";
  } catch {
    return "";
  }
}
