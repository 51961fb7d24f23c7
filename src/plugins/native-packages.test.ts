import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

interface Package {
  readonly optionalDependencies: Readonly<Record<string, string>>;
  readonly allowScripts: Readonly<Record<string, boolean>>;
}

test("what npm leaves away for lack of a compiler does not break the build: its types are here", () => {
  const { optionalDependencies, allowScripts } = JSON.parse(
    readFileSync("package.json", "utf8"),
  ) as Package;
  const compiled = Object.keys(allowScripts).filter((name) => name in optionalDependencies);
  expect(compiled).toContain("simdjson");
  const declared = readFileSync("src/plugins/native-packages.d.ts", "utf8");
  for (const name of compiled) expect(declared).toContain(`declare module "${name}" {`);
});
