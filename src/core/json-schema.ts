/** The part of JSON Schema (draft 2020-12) that codecs and derivations read. */
export interface JsonSchema {
  readonly $schema?: string;
  readonly $id?: string;
  /** Only references into the same document, such as `#/$defs/point`, are followed. */
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
  readonly title?: string;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  /** Without it, any further key may come. */
  readonly additionalProperties?: boolean | JsonSchema;
  readonly minProperties?: number;
  readonly items?: boolean | JsonSchema;
  readonly minItems?: number;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  /** What inference says of an object's keys where it was told, or is unsure; not JSON Schema's own. */
  readonly "x-keys"?: KeysMark;
}

/** Whether an object's keys are data, so that it is a map, or fields of a record. */
export interface KeysMark {
  readonly are: "data" | "fields";
  /** Why it was taken so: `record: always the same 40 keys`. */
  readonly because: string;
  /** Who says so: a person, with `--map` or `--record`, or the rule, which is unsure. */
  readonly by: "person" | "unsure rule";
}
