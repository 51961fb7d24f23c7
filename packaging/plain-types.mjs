/**
 * Writes the types of schemas in declarations as the types that they stand for, so that readers see those, and
 * need no TypeBox: `declare const x: TObject<{ a: TNumber }>; type X = Static<typeof x>` becomes `type X = { a: number }`.
 * What is another one of these types in whole is named, and not told again.
 */
import { parseSync } from "rolldown/utils";

const NAMES = { TBoolean: "boolean", TNull: "null", TNumber: "number", TInteger: "number" };
const WORDS = { ...NAMES, TString: "string", TUnknown: "unknown" };
/** All that a group of schemas makes: `{ [K in keyof typeof x]: Static<(typeof x)[K]> }`. */
const MAPPED = /^\{\s*\[\w+ in keyof typeof (\w+)\]: Static<\(typeof \1\)\[\w+\]>;?\s*\}$/;

/** @param source the text of a declaration file */
export function withPlainTypes(path, source) {
  const { program, comments } = parseSync(path, source);
  const declared = new Map();
  const aliases = [];
  for (const node of program.body) {
    const [{ id } = {}] = node.declarations ?? [];
    if (id !== undefined) declared.set(id.name, { node, type: id.typeAnnotation?.typeAnnotation });
    if (node.type !== "TSTypeAliasDeclaration") continue;
    const of = schemaOf(node.typeAnnotation, source);
    if (of !== undefined) aliases.push({ node, of });
  }
  const known = new Map();
  const print = printer(source, comments, known);
  // The short ones first: they may be parts of the others.
  const sized = aliases.map((one) => ({
    ...one,
    length: bare(print(declared.get(one.of).type)).length,
  }));
  const edits = [];
  for (const { node, of } of sized.toSorted((a, b) => a.length - b.length)) {
    const schema = declared.get(of);
    const text = print(schema.type);
    known.set(bare(text), node.id.name);
    edits.push([node.typeAnnotation, text], [schema.node, ""]);
  }
  for (const node of program.body) if (/typebox/.test(node.source?.value)) edits.push([node, ""]);
  return edits
    .toSorted(([a], [b]) => b.start - a.start)
    .reduce((text, [{ start, end }, by]) => text.slice(0, start) + by + text.slice(end), source);
}

/** A type without what is said of it: where one is part of another, the compiler leaves some of that out. */
function bare(text) {
  return text.replaceAll(/\/\*[\s\S]*?\*\/\s*/g, "").replaceAll(/\s+/g, " ");
}

/** The name of the schema whose type it is. */
function schemaOf(type, source) {
  return nameOf(type) === "Static"
    ? type.typeArguments.params[0].exprName.name
    : MAPPED.exec(source.slice(type.start, type.end))?.[1];
}

function nameOf(type) {
  return type?.type === "TSTypeReference" ? (type.typeName.right ?? type.typeName).name : undefined;
}

/** Prints types; `known` has the names of those that have one, by their bare text. */
function printer(source, comments, known) {
  const print = (type) => {
    if (type.type === "TSTypeLiteral") return objectText(type);
    const name = nameOf(type);
    const [of, second] = type.typeArguments?.params ?? [];
    if (name in WORDS) return WORDS[name];
    switch (name) {
      case "TObject": {
        const text = objectText(of);
        return known.get(bare(text)) ?? text;
      }
      case "TArray":
        return `Array<${print(of)}>`;
      case "TUnion": {
        const text = of.elementTypes.map(print).join(" | ");
        return known.get(bare(text)) ?? text;
      }
      case "TRecord":
        return `Record<string, ${print(second)}>`;
      case "TOptional":
        return print(of);
      case "TLiteral":
      case "TUnsafe":
        return source.slice(of.start, of.end);
      default:
        throw new Error(`no plain type is known of ${source.slice(type.start, type.end)}`);
    }
  };
  const objectText = ({ members, start }) => {
    let from = start;
    const lines = members.map(
      ({ start: at, end, key, typeAnnotation: { typeAnnotation: type } }) => {
        const told = comments.filter(
          (one) => one.start >= from && one.end <= at && one.value.startsWith("*"),
        );
        from = end;
        const text = told.map((one) => `/*${one.value}*/\n`).join("");
        const mark = nameOf(type) === "TOptional" ? "?" : "";
        return `${text}${source.slice(key.start, key.end)}${mark}: ${print(type)};`;
      },
    );
    return `{\n${lines.join("\n")}\n}`;
  };
  return print;
}
