/**
 * The report page: one HTML file, from one document or several of any kind, that needs nothing else.
 *
 * A study's `page` form says what documents of its kind put on a page: a first screen, and sections, each of
 * which is a file that makes a section, or nothing where its data is missing. Templates (`markup.ts`)
 * escape everything that is not markup already. Charts are data first, drawn by `../chart` with Observable
 * Plot, for wide and for narrow screens.
 *
 * The page's script is `src/browser`, which has a `tsconfig.json` of its own because it knows the DOM; the
 * build makes one text of it and of what it needs, the verdict's model for one, which `terminal/page.ts` reads.
 * `cli/page.browser.test.ts` opens pages in Chromium, where there is one.
 */
import { codecKey, type Draw } from "../chart/frame.js";
import { halfFigure, unfolding } from "./figure.js";
import { markup, scriptElement, trusted, type Markup } from "./markup.js";
import type { PageDocument, PageTools, Section } from "./section.js";
import { STYLE } from "./style.js";

/** The page as the text of an HTML file. */
export function reportPage(all: readonly PageDocument[], tools: PageTools): string {
  const articles = all.map((one, index) => article(one, index, all.length > 1, tools));
  const title = all.map(({ form, document }) => form.title(document)).join(" · ");
  const page = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="hellfact ${tools.toolVersion}">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${trusted(STYLE)}</style>
</head>
<body>
<main>
${all.length > 1 ? markup`<h1>${tools.heading ?? `${all.length} documents compared`}</h1>` : undefined}
${tools.live === undefined ? undefined : markup`<p id="live" class="note" role="status" data-events="${tools.live}">Nothing is being measured now.</p>`}
${headlines(all)}
${besides(all)}
${articles}
</main>
<footer><p>Made by hellfact ${tools.toolVersion}. ${tools.live === undefined ? "This file needs nothing else and loads nothing." : "It is renewed when a document arrives, and asks no other place for anything."}</p></footer>
${scriptElement(tools.script)}
</body>
</html>
`;
  return page.text;
}

/**
 * What was found, document by document, each leading to its part of the page, with its first chart: those with a
 * chart first. What a newer one of the same has overtaken is one click away.
 */
function headlines(all: readonly PageDocument[]): Markup | undefined {
  const told = all.flatMap(({ headline, name, lead, isEarlier = false }, index) =>
    headline === undefined
      ? []
      : [{ headline, name, lead, isEarlier, id: `document-${index + 1}` }],
  );
  if (told.length === 0) return undefined;
  const newest = told.filter(({ isEarlier }) => !isEarlier);
  const drawn = newest.filter(({ lead }) => lead !== undefined);
  const undrawn = newest.filter(({ lead }) => lead === undefined);
  const earlier = told.filter(({ isEarlier }) => isEarlier);
  return markup`<ol class="headlines found">${[...drawn, ...undrawn].map(
    ({ headline, name, id, lead }) =>
      markup`<li><a href="#${id}">${name}</a><p class="headline">${headline}</p>${lead === undefined ? undefined : chartOf(lead)}</li>\n`,
  )}</ol>
${
  earlier.length === 0
    ? undefined
    : unfolding(
        `${earlier.length} earlier of the same`,
        markup`<ol class="headlines">${earlier.map(
          ({ headline, name, id }) => markup`<li><a href="#${id}">${name}</a> ${headline}</li>\n`,
        )}</ol>`,
      )
}`;
}

/** So that two rows of charts are seen at once. */
const LEAD_HEIGHT = 280;

/** A chart with what it says of itself: what it shows, and what bigger means. */
function chartOf(draw: Draw): Markup {
  const [, title = ""] = /<title>([^<]*)<\/title>/.exec(draw()) ?? [];
  return halfFigure((options) => draw({ ...options, height: LEAD_HEIGHT }), trusted(title));
}

/** Documents of one kind beside each other, where their form knows how. */
function besides(all: readonly PageDocument[]): Markup | undefined {
  const kinds = new Set(all.map(({ document }) => document.kind));
  const found = [...kinds].flatMap((kind) => {
    const same = all.filter(({ document }) => document.kind === kind);
    return same[0]?.form.beside?.(same) ?? [];
  });
  if (found.length === 0) return undefined;
  return markup`<section id="beside"><h2>Side by side</h2>${found}</section>`;
}

function article(
  { name, document, form, added }: PageDocument,
  index: number,
  isOneOfMany: boolean,
  tools: PageTools,
): Markup {
  const prefix = isOneOfMany ? `${index + 1}-` : "";
  const own = form.sections(document, { prefix, tools });
  // How it was measured stands last, whatever comes before it.
  const found = added === undefined ? own : [...own.slice(0, -1), added.section, ...own.slice(-1)];
  const id = (section: Section) => `${prefix}${section.id}`;
  const heading = isOneOfMany
    ? markup`<h2 class="document">${name}</h2>`
    : markup`<h1>${form.title(document)}</h1>`;
  return markup`<article id="${isOneOfMany ? `document-${index + 1}` : "document"}">
<header>${heading}<p class="subtitle">${form.subtitle(document)}</p>${form.firstScreen(document, added?.summary)}</header>
<nav aria-label="${isOneOfMany ? `Parts of ${name}` : "Parts"}"><ul>${found.map((section) => markup`<li><a href="#${id(section)}">${section.title}</a></li>`)}</ul></nav>
${codecSwitch(form.codecs?.(document) ?? [])}
${found.map((section) => markup`<section id="${id(section)}"><h2>${section.title}</h2>${section.body}</section>\n`)}
</article>`;
}

/** Boxes to choose codecs by, which only the page's script shows. */
function codecSwitch(all: readonly string[]): Markup | undefined {
  const codecs = [...new Set(all)];
  if (codecs.length < 2) return undefined;
  return markup`<fieldset class="codecs switch" hidden><legend>Codecs</legend>${codecs.map((codec) => markup`<label><input type="checkbox" value="${codecKey(codec)}" checked> ${codec}</label> `)}</fieldset>`;
}
