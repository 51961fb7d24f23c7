/** What a study is: one question, with its commands, its document and the forms in which people see that. */
import type { Command } from "commander";
import type { Finding } from "../machine/finding.js";
import type { Draw } from "../report/chart/frame.js";
import type { TextOptions } from "../report/options.js";
import type { PageForm } from "../report/page/section.js";
import type { DocumentType, Envelope } from "../results/document-type.js";

type Awaitable<T> = T | Promise<T>;

/** A command: its line in `hellfact --help`, and the file that is loaded once it is named. */
export interface CommandEntry {
  readonly summary: string;
  readonly load: () => Promise<{ configure(command: Command, others: OtherStudies): Command }>;
}

/** What a command may ask of the other studies, none of which it knows. */
export interface OtherStudies {
  /** Reads a document of any kind, with the study that knows it. Rejects with an `InputError`. */
  loadAny(path: string): Promise<{ readonly study: Study; readonly document: Envelope }>;
  /** Every command of the tool, with its options. */
  commands(): Promise<readonly Command[]>;
}

/** How a document is printed. A study has those that make sense for it; text every one has. */
interface Forms<D extends Envelope> {
  /** As people read it in a terminal; ends with a newline. */
  text(document: D, options: TextOptions): Awaitable<string>;
  markdown?(document: D): Awaitable<string>;
  csv?(document: D): Awaitable<string>;
  /** Its charts by their names. */
  charts?(document: D): Awaitable<ReadonlyMap<string, Draw>>;
  page?(): Awaitable<PageForm<D>>;
}

/**
 * One folder of `src/studies`, found by the kind of its documents. What is here is loaded whenever
 * the tool starts, so everything large is behind an `import()`.
 */
export interface Study<D extends Envelope = Envelope> {
  readonly kind: D["kind"];
  readonly commands?: Readonly<Record<string, CommandEntry>>;
  document(): Awaitable<DocumentType<D>>;
  readonly forms: Forms<D>;
  /** What `doctor` is to say of what this study needs on a machine. */
  diagnose?(): Awaitable<readonly Finding[]>;
  /** What was found, in one sentence. */
  headline(document: D): Awaitable<string>;
}
