/**
 * From a plan to the text of a reader: a function for each object and array of the schema, which
 * takes its bytes and returns its value. Keys are compared as constants, in the schema's order.
 * A skipping function only checks that its bytes are JSON.
 */
import type { ObjectPlan, Plan } from "../plan.js";
import { literal, packWords } from "../words.js";

export type Mode = "read" | "skip";

const NAMES =
  "peek, take, matches, advance, number, string, any, skipNumber, skipString, skip, unfit";

/** Which values of a fact are wanted: those at numbered places, and those below them. */
export interface Wanted {
  /** Where in the answer this value goes. */
  readonly places: number[];
  readonly below: Map<string | number, Wanted>;
}

/** The functions of a reader, as they are needed. */
export class ReaderSource {
  readonly #texts: string[] = [];
  readonly #names = new Map<string, string>();
  readonly #numbers = new Map<object, number>();

  /** The body of a function of `runtime`, which returns the function called `root`. */
  text(root: string): string {
    return [
      `"use strict";`,
      `const { ${NAMES} } = runtime;`,
      "let answer;",
      ...this.#texts,
      `return (places) => { answer = places; return ${root}; };`,
      "",
    ].join("\n");
  }

  /** An expression that takes a value of `plan`, whose bytes come next. */
  value(plan: Plan, mode: Mode): string {
    const name = this.#once(plan, mode, () => this.#valueFunction(plan, mode));
    return `${name}()`;
  }

  /** An expression that takes a value and puts what is wanted of it in its places. */
  wanted(plan: Plan, wanted: Wanted): string {
    const { object, items } = plan;
    const name = `wanted${this.#texts.length}`;
    this.#texts.push("");
    const index = this.#texts.length - 1;
    const keys = wanted.below;
    const named = new Set([...keys.keys()].map(String));
    const isWhole = wanted.places.length > 0;
    let body = "";
    if (!isWhole && object !== undefined) {
      const cases = [...keys].map(([key, inner]) => {
        const property = object.properties.find((one) => one.key === String(key));
        return `case ${literal(String(key))}: ${this.wanted(property?.plan ?? object.others, inner)}; break;`;
      });
      const others = object.properties
        .filter(({ key }) => !named.has(key))
        .map(
          ({ key, plan: inner }) => `case ${literal(key)}: ${this.value(inner, "skip")}; break;`,
        );
      body += `if (peek() === 123) { take(123); if (peek() === 125) { take(125); return; }
  for (;;) { const k = string(); if (k === "__proto__") unfit(); take(58); switch (k) { ${[...cases, ...others].join("\n")}
  default: ${this.value(object.others, "skip")}; }
  if (peek() !== 44) break; take(44); } take(125); return; }\n`;
    }
    // A list's "length", or an index given as a string, is found by stepping into the whole.
    if (
      !isWhole &&
      items !== undefined &&
      [...keys.keys()].every((key) => typeof key === "number")
    ) {
      const cases = [...keys].map(
        ([key, inner]) => `case ${Number(key)}: ${this.wanted(items, inner)}; break;`,
      );
      body += `if (peek() === 91) { take(91); if (peek() === 93) { take(93); return; }
  for (let i = 0; ; i++) { switch (i) { ${cases.join("\n")}
  default: ${this.value(items, "skip")}; }
  if (peek() !== 44) break; take(44); } take(93); return; }\n`;
    }
    const reset = resets(wanted)
      .map((place) => `answer[${place}] = undefined;`)
      .join(" ");
    this.#texts[index] =
      `function ${name}() {\n${reset}\n${body}place(${this.value(plan, "read")}, ${JSON.stringify(flat(wanted))});\n}`;
    if (!this.#names.has("place")) {
      this.#names.set("place", "place");
      this.#texts.push(`function place(value, paths) { for (const [at, path] of paths) {
  let inner = value;
  for (const step of path) inner = typeof inner === "object" && inner !== null && Object.hasOwn(inner, step) ? inner[step] : undefined;
  answer[at] = inner; } }`);
    }
    return `${name}()`;
  }

  #once(part: object, mode: Mode, make: () => string): string {
    let number = this.#numbers.get(part);
    if (number === undefined) this.#numbers.set(part, (number = this.#numbers.size));
    const id = `${mode}${number}`;
    let name = this.#names.get(id);
    if (name === undefined) {
      name = make();
      this.#names.set(id, name);
    }
    return name;
  }

  #add(kind: string, body: (name: string) => string): string {
    const name = `${kind}${this.#texts.length}`;
    this.#texts.push(body(name));
    return name;
  }

  #valueFunction(plan: Plan, mode: Mode): string {
    const reading = mode === "read";
    const { kinds, object, items } = plan;
    if (kinds.size === 1) {
      if (kinds.has("number")) return reading ? "number" : "skipNumber";
      if (kinds.has("string")) return reading ? "string" : "skipString";
    }
    const cases: string[] = [];
    if (object !== undefined) {
      const name = this.#objectFunction(object, mode);
      if (kinds.size === 1) return name;
      cases.push(`case 123: return ${name}();`);
    }
    if (items !== undefined) {
      const name = this.#arrayFunction(items, mode);
      if (kinds.size === 1) return name;
      cases.push(`case 91: return ${name}();`);
    }
    if (cases.length === 0) return reading ? "any" : "skip";
    const rest = reading ? "any" : "skip";
    return this.#add(
      "value",
      (name) =>
        `function ${name}() { switch (peek()) { ${cases.join(" ")} default: return ${rest}(); } }`,
    );
  }

  #arrayFunction(items: Plan, mode: Mode): string {
    const value = this.value(items, mode);
    const reading = mode === "read";
    return this.#add(
      "array",
      (name) => `function ${name}() {
  take(91);
  ${reading ? "const found = [];" : ""}
  if (peek() === 93) { take(93); return${reading ? " found" : ""}; }
  for (;;) { ${reading ? `found.push(${value});` : `${value};`} if (peek() !== 44) break; take(44); }
  take(93);
  ${reading ? "return found;" : ""}
}`,
    );
  }

  #objectFunction(plan: ObjectPlan, mode: Mode): string {
    const free = this.#freeFunction(plan, mode);
    const { properties } = plan;
    const straight =
      properties.length > 0 &&
      properties.length <= 120 &&
      properties.every((one) => one.required && one.key !== "__proto__");
    if (!straight) return free;
    const first = packWords(`{${JSON.stringify(properties[0]?.key)}:`);
    const steps = properties.map(({ key, plan: inner }, index) => {
      const { words, length } = packWords(`${index === 0 ? "{" : ","}${JSON.stringify(key)}:`);
      const test = words.map(([offset, word]) => `!matches(${offset}, ${word})`).join(" || ");
      const check = index === 0 ? "" : `if (${test}) unfit(); `;
      const value = this.value(inner, mode);
      return `  ${check}advance(${length}); ${mode === "read" ? `const v${index} = ${value};` : `${value};`}`;
    });
    const begins = first.words.map(([offset, word]) => `!matches(${offset}, ${word})`).join(" || ");
    const literalText = properties.map(({ key }, index) => `${literal(key)}: v${index}`).join(", ");
    return this.#add(
      "object",
      (name) => `function ${name}() {
  if (${begins}) return ${free}();
${steps.join("\n")}
  take(125);
  ${mode === "read" ? `return { ${literalText} };` : ""}
}`,
    );
  }

  #freeFunction({ properties, others }: ObjectPlan, mode: Mode): string {
    const reading = mode === "read";
    const cases = properties
      .filter(({ key }) => key !== "__proto__")
      .map(({ key, plan }) => {
        const value = this.value(plan, mode);
        return `case ${literal(key)}: ${reading ? `found[${literal(key)}] = ${value};` : `${value};`} break;`;
      });
    const other = this.value(others, mode);
    return this.#add(
      "free",
      (name) => `function ${name}() {
  take(123);
  ${reading ? "const found = {};" : ""}
  if (peek() === 125) { take(125); return${reading ? " found" : ""}; }
  for (;;) {
    const k = string();
    if (k === "__proto__") unfit();
    take(58);
    switch (k) {
      ${cases.join("\n      ")}
      default: ${reading ? `found[k] = ${other};` : `${other};`}
    }
    if (peek() !== 44) break;
    take(44);
  }
  take(125);
  ${reading ? "return found;" : ""}
}`,
    );
  }
}

/** All places at or below a value, each with the path from it. */
function flat(wanted: Wanted): [number, (string | number)[]][] {
  return [
    ...wanted.places.map((place): [number, (string | number)[]] => [place, []]),
    ...[...wanted.below].flatMap(([step, inner]) =>
      flat(inner).map(([place, path]): [number, (string | number)[]] => [place, [step, ...path]]),
    ),
  ];
}

const resets = (wanted: Wanted): number[] => flat(wanted).map(([place]) => place);
