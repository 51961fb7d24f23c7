/** The report page: one HTML file, from one document or several, that needs nothing else. */
import type { ResultDocument, SweepDocument } from "../../studies/compare/document.js";
import type { RunDocument } from "../../studies/run/document.js";
import { codecKey } from "../chart/frame.js";
import { isSweep } from "../curves.js";
import { causalSection } from "../../studies/compare/page/causal.js";
import { ceilingsSection, runCeilingsSection } from "../../studies/compare/page/ceilings.js";
import { firstScreen, subtitle } from "../../studies/compare/page/first-screen.js";
import { markup, trusted, type Markup } from "./markup.js";
import { measuredSection, runMeasuredSection } from "../../studies/compare/page/measured.js";
import { ratesSection } from "../../studies/compare/page/rates.js";
import { rooflineSection } from "../../studies/compare/disk/page.js";
import { runFirstScreen, runSubtitle } from "../../studies/run/page.js";
import type { NamedDocument, PageTools, Section, SectionContext, SectionMaker } from "./section.js";
import { sizingSection, sizingSummary } from "../../studies/size/page.js";
import { sideBySide } from "../../studies/compare/page/side-by-side.js";
import { sizeSection } from "../../studies/compare/page/size.js";
import { runStagesSection, stagesSection } from "../../studies/compare/page/stages.js";
import { sweepFirstScreen, sweepSection } from "../../studies/compare/page/sweep.js";
import { STYLE } from "./style.js";

type AnyDocument = ResultDocument | RunDocument;

/** The parts of a comparison's page, in their order. A part without data is not there. */
const COMPARISON: readonly SectionMaker<ResultDocument>[] = [
  ratesSection,
  sizeSection,
  rooflineSection,
  stagesSection,
  ceilingsSection,
  causalSection,
  measuredSection,
];

/** The parts of a sweep's page: nothing that speaks of one value only. */
const SWEEP: readonly SectionMaker<SweepDocument>[] = [sweepSection, measuredSection];

/** The parts of a run's page. */
const RUN: readonly SectionMaker<RunDocument>[] = [
  runStagesSection,
  runCeilingsSection,
  runMeasuredSection,
];

/** The page as the text of an HTML file. */
export function reportPage(all: readonly NamedDocument<AnyDocument>[], tools: PageTools): string {
  const articles = all.map((named, index) => article(named, index, all.length > 1, tools));
  const comparisons = all.flatMap(({ name, document }) =>
    "run" in document || isSweep(document) ? [] : [{ name, document }],
  );
  const beside =
    comparisons.length < 2
      ? undefined
      : markup`<section id="beside"><h2>Side by side</h2>${sideBySide(comparisons)}</section>`;
  const title = all.map(({ document }) => titleOf(document)).join(" · ");
  const page = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="hellfact ${all[0]?.document.environment.toolVersion}">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${trusted(STYLE)}</style>
</head>
<body>
<main>
${all.length > 1 ? markup`<h1>${all.length} documents compared</h1>` : undefined}
${beside}
${articles}
</main>
<footer><p>Made by hellfact ${all[0]?.document.environment.toolVersion}. This file needs nothing else and loads nothing.</p></footer>
<script type="module">${trusted(tools.script.replaceAll("</", "<\\/"))}</script>
</body>
</html>
`;
  return page.text;
}

function article(
  { name, document, sizing }: NamedDocument<AnyDocument>,
  index: number,
  isOneOfMany: boolean,
  tools: PageTools,
): Markup {
  const context = { prefix: isOneOfMany ? `${index + 1}-` : "", tools };
  const own = sectionsOf(document, context);
  // How it was measured stands last, whatever comes before it.
  const found =
    sizing === undefined ? own : [...own.slice(0, -1), sizingSection(sizing), ...own.slice(-1)];
  const [first, line] = beginningOf(
    document,
    sizing === undefined ? undefined : sizingSummary(sizing),
  );
  const id = (section: Section) => `${context.prefix}${section.id}`;
  const heading = isOneOfMany
    ? markup`<h2 class="document">${name}</h2>`
    : markup`<h1>${titleOf(document)}</h1>`;
  return markup`<article>
<header>${heading}<p class="subtitle">${line}</p>${first}</header>
<nav aria-label="${isOneOfMany ? `Parts of ${name}` : "Parts"}"><ul>${found.map((section) => markup`<li><a href="#${id(section)}">${section.title}</a></li>`)}</ul></nav>
${codecSwitch(document)}
${found.map((section) => markup`<section id="${id(section)}"><h2>${section.title}</h2>${section.body}</section>\n`)}
</article>`;
}

function sectionsOf(document: AnyDocument, context: SectionContext): Section[] {
  const made =
    "run" in document
      ? RUN.map((make) => make(document, context))
      : isSweep(document)
        ? SWEEP.map((make) => make(document, context))
        : COMPARISON.map((make) => make(document, context));
  return made.filter((section) => section !== undefined);
}

/** The first screen, and the line above it. */
function beginningOf(document: AnyDocument, cost: Markup | undefined): [Markup, string] {
  if ("run" in document) return [runFirstScreen(document, cost), runSubtitle(document)];
  return [
    isSweep(document) ? sweepFirstScreen(document, cost) : firstScreen(document, cost),
    subtitle(document),
  ];
}

function titleOf(document: AnyDocument): string {
  return "run" in document ? "A run of the pipeline" : "Which codec for this event pipeline?";
}

/** Boxes to choose codecs by, which only the page's script shows. */
function codecSwitch(document: AnyDocument): Markup | undefined {
  if ("run" in document) return undefined;
  const codecs = [...new Set(document.scenarios.map(({ codec }) => codec))];
  if (codecs.length < 2) return undefined;
  return markup`<fieldset class="codecs switch" hidden><legend>Codecs</legend>${codecs.map((codec) => markup`<label><input type="checkbox" value="${codecKey(codec)}" checked> ${codec}</label> `)}</fieldset>`;
}
