/**
 * Generates code: from a plan to the text of a program, a function for each object and array of the schema.
 *
 * Every function takes a position and a value, and returns the position behind what it wrote, or −1
 * if the value is not what it is for; then nothing was written, and the caller takes the general
 * path. It looks before it writes: at `toJSON`, at whose the keys are, and at their order. (In a loop over
 * keys that V8 has cached, asking for each whether it is the object's own costs next to nothing;
 * asking for the prototype takes 25 ns where objects have many shapes.) `constructor` tells plain
 * objects from wrappers of primitives, arrays and `JSON.rawJSON`, unless somebody disguises them.
 */
import { ANYTHING, type ObjectPlan, type Plan, type PropertyPlan } from "../plan.js";
import { SHORTS } from "./numbers.js";
import type { Shapes } from "./shapes.js";
import { SLACK } from "./staging.js";
import { SHORT_STRING_BYTES, SHORT_UNITS } from "./strings.js";
import { literal, remark, storeText } from "../words.js";

/** What the program takes from its runtime. */
const RUNTIME_NAMES = [
  ...["bytes", "view", "limit", "flush", "number", "string", "next", "member", "element", "whole"],
  ...["hasOwn", "keysOf", "isArray", "shorts"],
] as const;

/** Objects with more keys than this are written key by key, so that no function grows too large. */
const MAX_STRAIGHT = 120;
/** A number and what is overwritten behind it. */
const NUMBER_BYTES = 64;
const WORD_BYTES = 16;

/** Objects of more keys, which are all there, may be hash tables inside, over which loops by `in` are slow. */
const MANY_KEYS = 20;
const LOOP_KEYS = `for (const k in object) {
    if (!hasOwn.call(object, k)) continue;`;
/** Much better for keys that are data: they may be numbers, and their objects hash tables. */
const LIST_KEYS = `for (let j = 0; j < list.length; j++) {
    const k = list[j];`;

const FLUSH = "if (p > limit) p = flush(p);";

const NO_SHAPES: Shapes = new Map();

/**
 * The body of a function of `runtime` that returns the compiled function. Objects whose keys the
 * schema leaves open have a function for each of their `shapes`.
 */
export function writerSource(plan: Plan, shapes = NO_SHAPES): string {
  const functions = new Functions(shapes);
  const root = valueFunction(plan, functions);
  return [
    `"use strict";`,
    `const { ${RUNTIME_NAMES.join(", ")} } = runtime;`,
    ...functions.texts,
    root === undefined
      ? `return whole;`
      : [
          `return (p, value) => {`,
          `  const q = typeof value === "object" && value !== null ? ${root}(p, value) : -1;`,
          `  return q < 0 ? whole(p, value) : q;`,
          `};`,
        ].join("\n"),
    "",
  ].join("\n");
}

/** The functions so far: one for each part of the plan, however often it is called. */
class Functions {
  readonly texts: string[] = [];
  readonly #names = new Map<object, string>();

  constructor(readonly shapes: Shapes) {}

  /** The name of what is for `part`, which `make` adds if it is not there yet. */
  once(part: object, make: () => string): string {
    let name = this.#names.get(part);
    if (name === undefined) this.#names.set(part, (name = make()));
    return name;
  }

  /** A name that no other has. */
  name(kind: string): string {
    return `${kind}${this.texts.length}`;
  }
}

/** Adds functions for what is nested in a value; returns the name of its own, if it has one. */
function valueFunction(plan: Plan, functions: Functions): string | undefined {
  const { object: objects, items } = plan;
  const object = objects && functions.once(objects, () => objectFunction(objects, functions));
  const array = items && functions.once(plan, () => arrayFunction(items, functions));
  if (object === undefined || array === undefined) return object ?? array;
  return functions.once(plan.kinds, () => {
    const name = functions.name("either");
    functions.texts.push(
      `const ${name} = (p, value) => (isArray(value) ? ${array}(p, value) : ${object}(p, value));`,
    );
    return name;
  });
}

/** Where a value stands: what is written before and behind it, and what to do if it does not fit. */
interface Place {
  readonly before: { readonly code: string; readonly length: number };
  readonly behind: string;
  readonly otherwise: string;
}

/** Statements that write `v`. */
function valueCode(plan: Plan, place: Place, functions: Functions, indent: string): string {
  const { before, behind, otherwise } = place;
  const at = before.length === 0 ? "p" : `p + ${before.length}`;
  const cases: string[] = [];
  const add = (condition: string, ...statements: string[]) =>
    cases.push(`if (${condition}) { ${[before.code, ...statements, behind].join(" ").trim()} }`);
  for (const kind of plan.kinds) {
    switch (kind) {
      case "number":
        add(`typeof v === "number"`, numberCode(before.length));
        break;
      case "string":
        cases.push(`if (typeof v === "string") { ${stringCode(plan, place)} ${behind} }`);
        break;
      case "boolean":
        add("v === true", wordAt(before.length, "true"));
        add("v === false", wordAt(before.length, "false"));
        break;
      case "null":
        add("v === null", wordAt(before.length, "null"));
        break;
      case "object":
      case "array":
        break; // together, below
    }
  }
  const nested = valueFunction(plan, functions);
  if (nested !== undefined) {
    const condition =
      plan.object === undefined ? "isArray(v)" : `typeof v === "object" && v !== null`;
    cases.push(
      `if (${condition}) { ${before.code} const q = ${nested}(${at}, v); ` +
        `if (q < 0) { ${otherwise} } else { p = q; ${behind} ${FLUSH} } }`,
    );
  }
  return `${indent}${[...cases, `{ ${otherwise} }`].join(` else `)}`;
}

/**
 * A number. Small whole ones are written on the spot, because it is a matter of luck which calls an
 * engine inlines in a function with many of them, and with too few it is half as fast.
 */
function numberCode(offset: number): string {
  return (
    `const n = v | 0; if (n === v && n >>> 0 < ${SHORTS}) { const word = shorts[n]; ` +
    `view.setInt32(p + ${offset}, word, true); p += ${offset} + (word >>> 24); } ` +
    `else p = number(p + ${offset}, v);`
  );
}

/** A string under a key. Words that the schema lists are constants. */
function stringCode({ words }: Plan, { before }: Place): string {
  if (words !== undefined) {
    const cases = words.map((word) => {
      const { code, length } = storeText(JSON.stringify(word));
      const shifted = code.replaceAll(
        /\bp\b(?: \+ (\d+))?/g,
        (_, offset: string | undefined) => `p + ${before.length + Number(offset ?? 0)}`,
      );
      return `if (length === ${word.length} && v === ${literal(word)}) { ${shifted} p += ${before.length + length}; }`;
    });
    return `const { length } = "" + v; ${before.code} ${cases.join(" else ")} else p = string(p + ${before.length}, v);`;
  }
  return `${before.code} p = string(p + ${before.length}, v);`;
}

function wordAt(offset: number, word: string): string {
  const { code, length } = storeText(word);
  return `p += ${offset}; ${code} p += ${length};`;
}

/** What a value takes at most before the position is looked at again. */
function mostBytes({ kinds }: Plan, keyBytes: number): number {
  const value = kinds.has("string") ? SHORT_STRING_BYTES : NUMBER_BYTES;
  return keyBytes + value + WORD_BYTES;
}

function arrayFunction(items: Plan, functions: Functions): string {
  const place: Place = {
    before: { code: "", length: 0 },
    behind: "",
    otherwise: "p = element(p, i, v);",
  };
  const code = valueCode(items, place, functions, "    ");
  const name = functions.name("array");
  functions.texts.push(`function ${name}(p, array) {
  if (array.toJSON !== undefined) return -1;
  const { length } = array;
  ${FLUSH}
  bytes[p++] = 91;
  for (let i = 0; i < length; i++) {
    const v = array[i];
    ${FLUSH}
${code}
    bytes[p++] = 44;
  }
  if (length > 0) p--;
  bytes[p] = 93;
  return p + 1;
}`);
  return name;
}

function objectFunction(plan: ObjectPlan, functions: Functions): string {
  const free = freeObjectFunction(plan, functions);
  if (isStraight(plan)) return straightObjectFunction(plan, free, functions);
  const lists = functions.shapes.get(plan)?.filter((keys) => keys.every(fitsSlack)) ?? [];
  return lists.length === 0 ? free : shapedObjectFunction(plan, lists, free, functions);
}

/** Objects with one of these lists of keys, found by the first key; those that begin alike, by turns. */
function shapedObjectFunction(
  { properties, others }: ObjectPlan,
  lists: readonly (readonly string[])[],
  free: string,
  functions: Functions,
): string {
  const byFirst = new Map<string, string>();
  for (const keys of lists.toReversed()) {
    const [first] = keys;
    if (first === undefined) continue;
    const shape = keys.map((key) => ({
      key,
      required: true,
      plan: properties.find((property) => property.key === key)?.plan ?? others,
    }));
    const next = byFirst.get(first) ?? free;
    byFirst.set(
      first,
      straightObjectFunction({ properties: shape, others: ANYTHING }, next, functions, keys),
    );
  }
  const byLength = new Map<number, string[]>();
  for (const [first, target] of byFirst) {
    const test = `if (k === ${literal(first)}) return ${target}(p, object, list);`;
    byLength.set(first.length, [...(byLength.get(first.length) ?? []), test]);
  }
  const cases = [...byLength].map(
    ([length, tests]) => `      case ${length}: ${tests.join(" ")} break;`,
  );
  const name = functions.name("shaped");
  functions.texts.push(`function ${name}(p, object) {
  const list = keysOf(object);
  if (list.length > 0) {
    const k = list[0];
    switch (k.length) {
${cases.join("\n")}
    }
  }
  return ${free}(p, object, list);
}`);
  return name;
}

/** Whether most keys are there in most objects, so that they can be written without looking. */
export function isStraight({ properties }: ObjectPlan): boolean {
  const required = properties.filter((property) => property.required).length;
  return (
    properties.length > 0 &&
    properties.length <= MAX_STRAIGHT &&
    required * 2 >= properties.length &&
    properties.every(({ key }) => fitsSlack(key))
  );
}

/** Longer keys are for the general path. */
function fitsSlack(key: string): boolean {
  return key.length * 6 < SLACK / 4;
}

/** Objects with any keys in any order: what each key is for is found out for each. */
function freeObjectFunction({ properties, others }: ObjectPlan, functions: Functions): string {
  const known = knownKeys(properties, functions);
  const other = othersCode(others, functions);
  const name = functions.name("free");
  // Who has made a list of the keys hands it on.
  const listKeys = `list ??= keysOf(object);\n  ${LIST_KEYS}`;
  functions.texts.push(`function ${name}(p, object, list) {
  if (object.constructor !== Object || object.toJSON !== undefined) return -1;
  ${FLUSH}
  bytes[p++] = 123;
  ${properties.length === 0 ? listKeys : LOOP_KEYS}
    const v = object[k];
    ${FLUSH}
${known}${other}
  }
  if (bytes[p - 1] === 44) p--;
  bytes[p] = 125;
  return p + 1;
}`);
  return name;
}

/** Goes on with the next key if this one is known. By length first: engines compare one string after the other. */
function knownKeys(properties: readonly PropertyPlan[], functions: Functions): string {
  const byLength = new Map<number, string[]>();
  for (const { key, plan } of properties.filter((property) => fitsSlack(property.key))) {
    const place: Place = {
      before: storeText(`${JSON.stringify(key)}:`),
      behind: "bytes[p++] = 44;",
      otherwise: `p = member(p, k, v);`,
    };
    const code = valueCode(plan, place, functions, "          ");
    const test = `        if (k === ${literal(key)}) {\n${code}\n          continue;\n        }`;
    byLength.set(key.length, [...(byLength.get(key.length) ?? []), test]);
  }
  if (byLength.size === 0) return "";
  const cases = [...byLength].map(
    ([length, tests]) => `      case ${length}:\n${tests.join("\n")}\n        break;`,
  );
  return `    switch (k.length) {\n${cases.join("\n")}\n    }\n`;
}

/** Keys that are data. One that is not short may leave staging before its value is looked at. */
function othersCode(others: Plan, functions: Functions): string {
  if (others === ANYTHING) return "    p = member(p, k, v);";
  const place: Place = {
    before: { code: "", length: 0 },
    behind: "bytes[p++] = 44;",
    otherwise: "p = member(start, k, v);",
  };
  return `    if (k.length > ${SHORT_UNITS}) p = member(p, k, v);
    else {
      const start = p;
      p = string(p, k);
      bytes[p++] = 58;
${valueCode(others, place, functions, "      ")}
    }`;
}

/**
 * Objects with the keys of the schema in its order, of which some may be missing. `seen` words have
 * a bit for each key that is there, so that nothing is taken from a prototype.
 */
function straightObjectFunction(
  { properties }: ObjectPlan,
  free: string,
  functions: Functions,
  listed?: readonly string[],
): string {
  const complete = properties.every(({ required }) => required);
  const leading = properties[0]?.required === true;
  let room = SLACK;
  const lines = properties.map((property, index) => {
    const key = JSON.stringify(property.key);
    const before = storeText(leading ? `${index === 0 ? "{" : ","}${key}:` : `${key}:`);
    const slow = leading
      ? index === 0
        ? `return ${free}(p, object${listed === undefined ? "" : ", list"});`
        : `p = next(p, ${literal(property.key)}, v);`
      : `p = member(p, ${literal(property.key)}, v);`;
    const place: Place = { before, behind: leading ? "" : "bytes[p++] = 44;", otherwise: slow };
    const most = mostBytes(property.plan, before.length);
    room -= most;
    const check = room < 0 ? `  ${FLUSH}\n` : "";
    if (room < 0) room = SLACK - most;
    const code = `  v = object[${literal(property.key)}]; // ${remark(property.key)}\n${valueCode(property.plan, place, functions, "  ")}`;
    return property.required
      ? check + code
      : `${check}  if ((seen${index >> 5} & ${1 << (index & 31)}) !== 0) {\n${code}\n  }`;
  });
  const id = functions.texts.length;
  functions.texts.push(
    `const keys${id} = [${properties.map(({ key }) => literal(key)).join(", ")}];`,
  );
  const name = `object${id}`;
  const keyCheck =
    listed !== undefined
      ? listedKeys(listed, free)
      : complete
        ? allKeys(id, properties.length, free)
        : someKeys(id, properties, free);
  functions.texts.push(`function ${name}(p, object${listed === undefined ? "" : ", list"}) {
${keyCheck}
  if (object.constructor !== Object || object.toJSON !== undefined) return -1;
  ${FLUSH}
  let v;
${leading ? "" : "  bytes[p++] = 123;\n"}${lines.join("\n")}
${leading ? "" : "  if (bytes[p - 1] === 44) p--;\n"}  bytes[p] = 125;
  return p + 1;
}`);
  return name;
}

/** Of an object whose keys are listed, the first of which is known already. */
function listedKeys(keys: readonly string[], otherwise: string): string {
  const tests = keys.slice(1).map((key, index) => `list[${index + 1}] !== ${literal(key)}`);
  return `  if (${[`list.length !== ${keys.length}`, ...tests].join(" || ")}) return ${otherwise}(p, object, list);`;
}

function allKeys(id: number, count: number, free: string): string {
  if (count > MANY_KEYS) {
    return `  const list = keysOf(object);
  if (list.length !== ${count}) return ${free}(p, object);
  for (let j = 0; j < ${count}; j++) if (list[j] !== keys${id}[j]) return ${free}(p, object);`;
  }
  return `  let i = 0;
  for (const k in object) {
    if (i === ${count} || k !== keys${id}[i] || !hasOwn.call(object, k)) return ${free}(p, object);
    i++;
  }
  if (i !== ${count}) return ${free}(p, object);`;
}

function someKeys(id: number, properties: readonly PropertyPlan[], free: string): string {
  const words = Array.from({ length: (properties.length + 31) >> 5 }, (_, word) => word);
  const needed = words.map((word) =>
    properties
      .slice(word * 32, word * 32 + 32)
      .reduce((bits, { required }, index) => (required ? bits | (1 << index) : bits), 0),
  );
  const note = words
    .map((word) =>
      word === words.length - 1
        ? `seen${word} |= 1 << i;`
        : `if (i < ${32 * (word + 1)}) seen${word} |= 1 << i; else`,
    )
    .join(" ");
  return `  let i = 0;
  let ${words.map((word) => `seen${word} = 0`).join(", ")};
  ${properties.length > MANY_KEYS ? `const list = keysOf(object);\n  ${LIST_KEYS}` : LOOP_KEYS}
    while (i < ${properties.length} && k !== keys${id}[i]) i++;
    if (i === ${properties.length}) return ${free}(p, object);
    ${note}
    i++;
  }
  if (${words.map((word) => `(seen${word} & ${needed[word]}) !== ${needed[word]}`).join(" || ")}) return ${free}(p, object);`;
}
