/** Text that is HTML already. Everything else that is put into a page is escaped. */
export class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** What can stand in a template: text and numbers are escaped, lists are joined, nothing is nothing. */
export type Piece = Markup | string | number | undefined | readonly Piece[];

/** A template of HTML, in which only `Markup` keeps its meaning. */
export function markup(strings: TemplateStringsArray, ...pieces: readonly Piece[]): Markup {
  return new Markup(strings.map((text, index) => text + textOf(pieces[index])).join(""));
}

/** HTML that somebody else made, such as a chart. */
export function trusted(text: string): Markup {
  return new Markup(text);
}

function textOf(piece: Piece): string {
  if (piece === undefined) return "";
  if (piece instanceof Markup) return piece.text;
  if (typeof piece === "object") return piece.map(textOf).join("");
  return escaped(String(piece));
}

/** Text in which nothing is markup, in an element or a quoted attribute. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** Data that a script of the page reads: JSON in which nothing ends the element that holds it. */
export function dataElement(value: unknown): Markup {
  const json = JSON.stringify(value).replaceAll("<", "\\u003c");
  return trusted(`<script type="application/json">${json}</script>`);
}

/** A module that runs in the page. */
export function scriptElement(script: string): Markup {
  return trusted(`<script type="module">${script.replaceAll("</", "<\\/")}</script>`);
}
