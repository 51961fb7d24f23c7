/** How something was measured, and its raw figures to take along. */
import type { EnvironmentFingerprint } from "../../results/environment.js";
import { bytes } from "../numbers.js";
import { markup, type Markup } from "./markup.js";
import type { PageTools } from "./section.js";

/** More than this, in bytes as they stand in the page, is not put into it. */
const MAX_EMBEDDED = 450_000;

/** A command line as it can be typed again. */
export function commandLine(words: readonly string[]): Markup {
  return markup`<code>${words.map((word) => (/^[\w./:,=@%+-]+$/.test(word) ? word : `'${word}'`)).join(" ")}</code>`;
}

/** Where something was measured, as terms and what they are. */
export function environmentFacts(environment: EnvironmentFingerprint): [string, string][] {
  const { cpuQuota, runtimeFlags, libraries } = environment;
  return [
    ["hellfact", environment.toolVersion],
    [
      "machine",
      `${environment.cpuModel}, ${environment.cores} cores${cpuQuota === null ? "" : `, limited to ${cpuQuota}`}, ${bytes(environment.memoryBytes)} of memory`,
    ],
    ["system", `${environment.platform} ${environment.kernel}, ${environment.architecture}`],
    ["runtime", `Node ${environment.node}, V8 ${environment.v8} ${runtimeFlags.join(" ")}`.trim()],
    [
      "libraries",
      Object.entries(libraries)
        .map(([name, version]) => `${name} ${version}`)
        .join(", ") || "none",
    ],
  ];
}

/** Terms and what they are, one below the other. */
export function factList(entries: readonly (readonly [string, string | Markup])[]): Markup {
  return markup`<dl>${entries.map(([term, text]) => markup`<div><dt>${term}</dt><dd>${text}</dd></div>\n`)}</dl>`;
}

/** A link that holds the whole document. */
export function jsonLink(document: object, { gzip }: PageTools): Markup {
  return embedded(
    "results.json.gz",
    "the whole result document with every sample, as gzipped JSON",
    "application/gzip",
    gzip(JSON.stringify(document)),
  );
}

/** A link that holds what it leads to, where that is not too much for a page. */
export function embedded(name: string, what: string, type: string, content: Uint8Array): Markup {
  if (content.length * (4 / 3) > MAX_EMBEDDED) {
    return markup`<li>${name}: ${what}: ${bytes(content.length)}, too much for a page. It is in the result document that this page was made from.</li>`;
  }
  const data = Buffer.from(content).toString("base64");
  return markup`<li><a download="${name}" href="data:${type};base64,${data}">${name}</a>: ${what} (${bytes(content.length)})</li>`;
}
