import { createRequire } from "node:module";

/** The installed version of a package, or "" where it does not tell. */
export function installedVersion(name: string): string {
  const require = createRequire(import.meta.url);
  const versionIn = (path: string) => (require(path) as { version?: string }).version ?? "";
  try {
    return versionIn(`${name}/package.json`);
  } catch {
    try {
      // One that lets nobody have its package.json lies where its entry does.
      const folder = `node_modules/${name}/`;
      const entry = require.resolve(name).replaceAll("\\", "/");
      return versionIn(`${entry.slice(0, entry.lastIndexOf(folder) + folder.length)}package.json`);
    } catch {
      return "";
    }
  }
}
