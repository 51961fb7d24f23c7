/** Reading a file of YAML by hand, so that what is wrong is told with its line, its field, and what would be right. */
import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Document } from "yaml";
import { didYouMean } from "../../../core/did-you-mean.js";
import { firstLine, InputError } from "../../../core/errors.js";

interface Source {
  readonly file: string;
  readonly document: Document;
  readonly lines: LineCounter;
}

/** A value in a file, with the way to it: `stages.import.permits`. */
export class Place {
  private constructor(
    private readonly source: Source,
    private readonly node: unknown,
    readonly path: string,
    /** What says where it is: its name, where it has one. */
    private readonly near: unknown = node,
  ) {}

  /** The whole of a file. Throws an `InputError` with the line where it is no YAML. */
  static ofFile(file: string, text: string): Place {
    const lines = new LineCounter();
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
    const [error] = document.errors;
    if (error !== undefined) {
      const { line, col } = lines.linePos(error.pos[0]);
      throw new InputError(
        `${file} line ${line}, column ${col}: ${firstLine(error).replace(/\.$/, "")}. It takes YAML.`,
      );
    }
    return new Place({ file, document, lines }, document.contents, "");
  }

  /** Throws an `InputError` that begins with where this is. */
  refuse(problem: string): never {
    const { file, lines } = this.source;
    const { range } = Object(this.near) as { readonly range?: readonly number[] | null };
    const line = lines.linePos(range?.[0] ?? 0).line;
    throw new InputError(
      `${file} line ${line}: ${this.path}${this.path === "" ? "" : " "}${problem}`,
    );
  }

  /** Its fields by their names, of which only these are known. */
  fields(known: readonly string[]): ReadonlyMap<string, Place> {
    const fields = this.map(`It takes ${known.join(", ")}.`);
    for (const [name, place] of fields) {
      if (known.includes(name)) continue;
      place.refuse(`is no field here; there are ${known.join(", ")}.${didYouMean(name, known)}`);
    }
    return fields;
  }

  /** Its fields by their names, whatever those are. @param right what it takes */
  map(right: string): ReadonlyMap<string, Place> {
    const node = this.resolved;
    if (!isMap(node)) return this.refuse(`is no map of names. ${right}`);
    return new Map(
      node.items.map(({ key, value }) => {
        const name = isScalar(key) ? textOf(key) : "";
        const path = this.path === "" ? name : `${this.path}.${name}`;
        return [name, new Place(this.source, value, path, key)];
      }),
    );
  }

  get isMap(): boolean {
    return isMap(this.resolved);
  }

  /** Its items; a value alone is a list of one. */
  items(): Place[] {
    const node = this.resolved;
    if (!isSeq(node)) return [this];
    return node.items.map(
      (item, index) => new Place(this.source, item, `${this.path}[${index + 1}]`),
    );
  }

  /** As it is written, for a number, too. @param right an example of what it takes */
  text(right: string): string {
    const node = this.resolved;
    const isText =
      isScalar(node) && (typeof node.value === "string" || typeof node.value === "number");
    if (!isText || textOf(node) === "") return this.refuse(`takes a text, such as ${right}.`);
    return textOf(node);
  }

  whole(least: number): number {
    const node = this.resolved;
    const value = isScalar(node) ? node.value : undefined;
    if (typeof value !== "number" || !Number.isSafeInteger(value) || value < least) {
      return this.refuse(
        `takes a whole number from ${least}, and not ${JSON.stringify(value) ?? "that"}.`,
      );
    }
    return value;
  }

  private get resolved(): unknown {
    return isAlias(this.node) ? this.node.resolve(this.source.document) : this.node;
  }
}

function textOf(node: { readonly value: unknown; readonly source?: string | undefined }): string {
  // 007 is a number, and was not written as 7.
  return typeof node.value === "number" ? (node.source ?? String(node.value)) : String(node.value);
}
