/** What a study gives to a program: its document, and the forms in which people see that. */
import { stringify } from "csv-stringify/sync";
import { jsonText } from "../core/foreign-text.js";
import type { TextOptions } from "../report/options.js";
import { escaped } from "../report/page/markup.js";
import type { PageForm } from "../report/page/section.js";
import type { Envelope } from "../results/document-type.js";

/** How the document of a study becomes text; where Markdown or CSV is missing there is a plain one. */
export interface ResultForms<D extends Envelope> {
  text(document: D, options: TextOptions): string;
  markdown?(document: D): string;
  csv?(document: D): string;
  /** Asked for only when a page is made: libraries that draw take a moment to load. */
  page?(): Promise<PageForm<D>>;
}

/** A study's result. */
export class StudyResult<D extends Envelope> {
  /**
   * @param document everything that was found, and what is needed to judge or repeat it: the same that the
   *   command keeps as JSON
   * @param headline what was found, in one sentence
   */
  protected constructor(
    readonly document: D,
    readonly headline: string,
    private readonly forms: ResultForms<D>,
  ) {}

  /** What the command prints: aligned columns, at most 100 wide, with a newline at its end. */
  toText(options: Partial<TextOptions> = {}): string {
    const text = this.forms.text(this.document, { colors: false, ...options });
    return text.endsWith("\n") ? text : `${text}\n`;
  }

  /** A table in Markdown; the text in a block of its own where the study has none. */
  toMarkdown(): string {
    return this.forms.markdown?.(this.document) ?? `\`\`\`\n${this.toText()}\`\`\`\n`;
  }

  /** A row for each scenario; where the study has no rows, a row for each value of its document. */
  toCsv(): string {
    return this.forms.csv?.(this.document) ?? valuesCsv(this.document);
  }

  /** One HTML file with all that it needs; resolves when what draws is loaded. */
  async toHtml(): Promise<string> {
    const form = await this.forms.page?.();
    if (form === undefined) return plainPage(this.document.kind, this.toText());
    const { pageOf } = await import("../terminal/page.js");
    return pageOf([{ name: this.document.kind, document: this.document, form }]);
  }

  /** The document as JSON on one line, as `hellfact report FILE` reads it. */
  toJson(): string {
    return `${jsonText(this.document)}\n`;
  }
}

/** Every value in a document, with where it stands: `gate.cells.0.name,json write`. */
function valuesCsv(document: object): string {
  const rows: [string, unknown][] = [];
  const collect = (value: unknown, path: string): void => {
    if (typeof value !== "object" || value === null) rows.push([path, value]);
    else
      for (const [key, inner] of Object.entries(value))
        collect(inner, path === "" ? key : `${path}.${key}`);
  };
  collect(document, "");
  return stringify([["field", "value"], ...rows.map(([field, value]) => [field, String(value)])]);
}

function plainPage(title: string, text: string): string {
  return `<!doctype html>\n<html lang="en"><meta charset="utf-8"><title>${escaped(title)}</title>\n<pre>${escaped(text)}</pre></html>\n`;
}
