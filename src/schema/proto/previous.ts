import { unquotedKey } from "./names.js";

/** A field of an earlier `.proto`. */
interface OldField {
  readonly number: number;
  /** Label and type: a number may be kept only where both are the same on the wire. */
  readonly type: string;
}

/** A message of an earlier `.proto`. */
export interface OldMessage {
  readonly fields: ReadonlyMap<string, OldField>;
  /** Every number that was ever used. */
  readonly numbers: ReadonlySet<number>;
  readonly standsFor: string | undefined;
}

/** The messages of an earlier `.proto`, and which of them is the fact. */
export interface OldFile {
  readonly messages: ReadonlyMap<string, OldMessage>;
  readonly fact: OldMessage | undefined;
}

const MESSAGE = /^message (\w+) \{\n(.*?)^\}/gms;
const FIELD = /^ {2}(?:required |optional |(repeated ))?(\S+|map<string, \S+>) (\w+) = (\d+)(.*);$/;

/** Reads a `.proto` that was derived here; of any other one, it finds what is written the same way. */
export function readProto(text: string): OldFile {
  const messages = new Map<string, OldMessage>();
  for (const [, name = "", body = ""] of text.matchAll(MESSAGE)) {
    const fields = new Map<string, OldField>();
    const numbers = new Set<number>();
    for (const line of body.split("\n")) {
      const reserved = /^ {2}reserved (.*);$/.exec(line)?.[1];
      for (const number of reserved?.split(", ") ?? []) numbers.add(Number(number));
      const [, repeated = "", type = "", field = "", digits, options = ""] = FIELD.exec(line) ?? [];
      if (digits === undefined || type === "option") continue;
      const key = /\(key\) = "([^"]*)"/.exec(options)?.[1];
      const number = Number(digits);
      numbers.add(number);
      const label = options.includes("(rest) = true") ? "rest " : repeated;
      fields.set(label === "rest " ? "$rest" : key === undefined ? field : unquotedKey(key), {
        number,
        type: `${repeated}${type}`,
      });
    }
    const standsFor = /^ {2}option \(stands_for\) = "(\w+)";$/m.exec(body)?.[1];
    messages.set(name, { fields, numbers, standsFor });
  }
  return { messages, fact: messages.values().next().value };
}

/** Gives numbers to the fields of one message: the old ones again, and new ones behind them. */
export class Numbers {
  private next: number;
  private readonly kept = new Set<number>();

  constructor(private readonly old: OldMessage | undefined) {
    this.next = Math.max(0, ...(old?.numbers ?? [])) + 1;
  }

  /** @param isSame whether a field that had this type can be read as the one it is now */
  numberOf(key: string, isSame: (oldType: string) => boolean): number {
    const field = this.old?.fields.get(key);
    const number = field !== undefined && isSame(field.type) ? field.number : this.next++;
    // 19000 to 19999 belong to protobuf itself.
    if (this.next === 19_000) this.next = 20_000;
    this.kept.add(number);
    return number;
  }

  /** Numbers that fields had which are no more. */
  get reserved(): number[] {
    return [...(this.old?.numbers ?? [])].filter((number) => !this.kept.has(number));
  }
}
