import type { Draw } from "../chart/frame.js";
import type { Envelope } from "../../results/document-type.js";
import type { Markup } from "./markup.js";

/** What a page is made of beside its documents; the caller brings it, because pages touch no files. */
export interface PageTools {
  readonly toolVersion: string;
  /** The text of the page's script. */
  readonly script: string;
  readonly gzip: (text: string) => Uint8Array;
  /** What stands above several documents. */
  readonly heading?: string | undefined;
  /** The address of server-sent events, where the page is served and renewed. */
  readonly live?: string | undefined;
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

/** The parts that there is data for, in the order of their makers. */
export function sectionsBy<D>(
  makers: readonly SectionMaker<D>[],
  document: D,
  context: SectionContext,
): Section[] {
  return makers.flatMap((make) => make(document, context) ?? []);
}

export interface SectionContext {
  /** Stands before every id, so that several documents can share a page. */
  readonly prefix: string;
  readonly tools: PageTools;
}

/** How documents of one kind become parts of a page. */
export interface PageForm<D extends Envelope> {
  /** Why a document is no page that anybody reads, if it is none: what stands behind its path. */
  problem?(document: D): string | undefined;
  title(document: D): string;
  /** What tells documents of this kind apart: `of events.ndjson into sqlite`. Machine and time come behind it. */
  subject(document: D): string;
  /** What was measured, where and when, in a line. */
  subtitle(document: D): string;
  /**
   * What stands before everything else: the answer.
   *
   * @param added what another study says of this document
   */
  firstScreen(document: D, added?: Markup): Markup;
  /** Its parts in their order; how it was measured stands last. */
  sections(document: D, context: SectionContext): readonly Section[];
  /** Codecs that a reader may hide and show. */
  codecs?(document: D): readonly string[];
  /** Several documents of this kind beside each other; nothing where they do not compare. */
  beside?(all: readonly NamedDocument<D>[]): Markup | undefined;
}

export interface NamedDocument<D> {
  /** What to call it on a page with several. */
  readonly name: string;
  readonly document: D;
}

/** A document with the form of its kind, ready for a page. */
export interface PageDocument<D extends Envelope = Envelope> extends NamedDocument<D> {
  readonly form: PageForm<D>;
  /** What was found, in a sentence, where the page begins with those of all. */
  readonly headline?: string;
  /** The chart that stands below it there. */
  readonly lead?: Draw | undefined;
  /** Whether a newer one of the same stands before it. */
  readonly isEarlier?: boolean;
  /** What another study says of it: on its first screen, and in a section of its own. */
  readonly added?: { readonly summary: Markup; readonly section: Section };
}
