import type { ResultDocument } from "../../studies/compare/document.js";
import type { RunDocument } from "../../studies/run/document.js";
import type { SizingDocument } from "../../studies/size/document.js";
import type { Markup } from "./markup.js";

/** What a page is made of beside its documents; the caller brings it, because pages touch no files. */
export interface PageTools {
  /** The text of the page's script. */
  readonly script: string;
  readonly gzip: (text: string) => Uint8Array;
}

/** A document, and what to call it on a page with several. */
export interface NamedDocument<D extends ResultDocument | RunDocument> {
  readonly name: string;
  readonly document: D;
  /** What its load would cost, where that was worked out. */
  readonly sizing?: SizingDocument;
}

/** A part of the page. */
export interface Section {
  /** What its address on the page ends with. */
  readonly id: string;
  readonly title: string;
  readonly body: Markup;
}

/** Makes a part of the page, or nothing where the document has no data for it. */
export type SectionMaker<D> = (document: D, context: SectionContext) => Section | undefined;

export interface SectionContext {
  /** Stands before every id, so that several documents can share a page. */
  readonly prefix: string;
  readonly tools: PageTools;
}
