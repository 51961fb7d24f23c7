/**
 * Modules as they were compiled, put together into the text of one module script. Imports go, because
 * what they name stands before; so no two modules may have a name at their top in common.
 *
 * @param modules in an order in which each comes after those that it imports from
 */
export function joinedModules(modules: readonly string[]): string {
  return modules
    .map((text) =>
      text
        .replaceAll(/^import\s[^;]*;\n/gm, "")
        .replaceAll(/^export \{\};\n/gm, "")
        .replaceAll(/^export /gm, "")
        .replaceAll(/^\/\/# sourceMappingURL=.*$/gm, "")
        .trim(),
    )
    .join("\n");
}
