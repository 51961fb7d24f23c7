import type { EnvironmentFingerprint } from "../../results/environment.js";
import { markup, type Markup } from "./markup.js";
import { environmentFacts, factList, jsonLink } from "./provenance.js";
import type { PageTools, Section } from "./section.js";

/** The last section of a page: how it was measured, and the raw figures to take along. */
export function measuredSection(
  document: { readonly createdAt: string },
  facts: readonly (readonly [string, string | Markup])[],
  environment: EnvironmentFingerprint | undefined,
  { tools }: { readonly tools: PageTools },
): Section {
  const body = markup`${factList([
    ...facts,
    ["when", document.createdAt],
    ...(environment === undefined ? [] : environmentFacts(environment)),
  ])}
<h3>Raw figures</h3><ul>${jsonLink(document, tools)}</ul>`;
  return { id: "measured", title: "How it was measured", body };
}

/** Where it was measured, in a line. */
export function machineLine({ cpuModel, cores, node }: EnvironmentFingerprint): string {
  return `${cpuModel}, ${cores} cores, Node ${node}`;
}
