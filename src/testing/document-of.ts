import fc from "fast-check";

const MOST_THOUSANDTHS = 1_000_000;

/** As much of a definition as documents are defined by. */
interface Definition {
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Definition[];
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Definition>>;
  readonly additionalProperties?: boolean | Definition;
  readonly required?: readonly string[];
  /** Of a tuple, one for each place. */
  readonly items?: Definition | readonly Definition[];
}

/** Values that a definition allows, in which every text, and every key that is data, is one of those given. */
export function documentOf(
  definition: Definition,
  text: fc.Arbitrary<string>,
): fc.Arbitrary<unknown> {
  const inner = (one: Definition) => documentOf(one, text);
  if ("const" in definition) return fc.constant(definition.const);
  if (definition.enum !== undefined) return fc.constantFrom(...definition.enum);
  if (definition.anyOf !== undefined) return fc.oneof(...definition.anyOf.map(inner));
  switch (definition.type) {
    case "object": {
      const { properties = {}, required = [], additionalProperties: values } = definition;
      if (typeof values === "object") return fc.dictionary(text, inner(values), { maxKeys: 2 });
      const entries = Object.entries(properties).map(([key, one]) => [key, inner(one)] as const);
      return fc.record(Object.fromEntries(entries), { requiredKeys: [...required] });
    }
    case "array": {
      const { items = {} } = definition;
      if (isTuple(items)) return fc.tuple(...items.map(inner));
      return fc.array(inner(items), { minLength: 1, maxLength: 3 });
    }
    case "number":
      return fc.nat(MOST_THOUSANDTHS).map((thousandths) => thousandths / 1000);
    case "integer":
      return fc.nat(1000);
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    default:
      return text;
  }
}

function isTuple(items: Definition | readonly Definition[]): items is readonly Definition[] {
  return Array.isArray(items);
}
