import { createColors } from "picocolors";
import type { EnvironmentFingerprint } from "../../results/environment.js";
import type { Finding } from "../../machine/finding.js";
import { borderless } from "../../report/layout.js";
import { bytes } from "../../report/numbers.js";

/** What works on this machine and what does not, as people read it. Ends with a newline. */
export function doctorReport(
  environment: EnvironmentFingerprint,
  findings: readonly Finding[],
  { colors }: { readonly colors: boolean },
): string {
  const paint = createColors(colors);
  const table = borderless();
  for (const { kind, name, works, detail } of findings) {
    table.push([works ? paint.green("✓") : paint.red("✗"), kind, name, detail]);
  }
  const remedies = new Set(
    findings.flatMap(({ works, remedy }) => (works || remedy === null ? [] : [remedy])),
  );
  const lines = [
    paint.bold(
      `hellfact ${environment.toolVersion}   Node ${environment.node} (V8 ${environment.v8})   ` +
        `${environment.platform} ${environment.architecture}`,
    ),
    `${environment.cpuModel}, ${environment.cores} cores, ${bytes(environment.memoryBytes)} of memory` +
      (environment.cpuQuota === null ? "" : `, limited to ${environment.cpuQuota} cores' time`),
    "",
    ...table.toString().split("\n"),
    "",
    ...(remedies.size === 0
      ? ["Everything works."]
      : [...remedies].map((remedy) => `To mend it: ${remedy}.`)),
  ];
  return `\n${lines.map((line) => ` ${line}`.trimEnd()).join("\n")}\n`;
}
