import type { Ability, Codec, OpenCodec } from "../../core/codec.js";
import { pluginNames } from "../../plugins/catalog.js";
import { isFunction, isText, isTrueOrFalse, wrongFieldOf, type FieldRule } from "../breach.js";

const LOSSES = ["negative-zero", "lone-surrogate", "byte-order-mark", "proto-key"];
const REFUSALS = ["integer-beyond-64-bits", "lone-surrogate"];
const ABILITIES = ["encode", "decode", "project", "validate"] as const;

const isOneOf = (names: readonly string[]) => (value: unknown) => names.includes(value as string);
const isListOf = (names: readonly string[]) => (value: unknown) =>
  Array.isArray(value) && value.every((name) => names.includes(name as string));
const isEnding = (value: unknown) => typeof value === "string" && /^\w[\w.-]*$/.test(value);
const isOptional = (test: (value: unknown) => boolean) => (value: unknown) =>
  value === undefined || test(value);

/** What each field of a codec must be, in words and as a test. */
const FIELDS: readonly FieldRule<Codec>[] = [
  ["format", "a text", isText],
  ["fileExtension", "an ending without its dot", isEnding],
  ["framing", `one of ${pluginNames("framing").join(", ")}`, isOneOf(pluginNames("framing"))],
  ["layout", "row or columnar", isOneOf(["row", "columnar"])],
  ["needsSchema", "true or false", isTrueOrFalse],
  ["npmPackage", "a text or null", (value) => value === null || isText(value)],
  ["mode", "a line that says how the library is called", isText],
  ["losses", `a list out of ${LOSSES.join(", ")}`, isListOf(LOSSES)],
  ["refuses", `a list out of ${REFUSALS.join(", ")}`, isOptional(isListOf(REFUSALS))],
  ["abilities", `a list out of ${ABILITIES.join(", ")}`, isListOf(ABILITIES)],
  ["sidecarExtension", "an ending without its dot", isOptional(isEnding)],
  ["writtenBy", "a codec's name", isOptional(isOneOf(pluginNames("codecs")))],
  ["decodesAs", "a codec's name", isOptional(isOneOf(pluginNames("codecs")))],
  ["open", "a function", isFunction],
];

/** Whether something that a file exports is meant as a codec. */
export function looksLikeCodec(value: unknown): value is Codec {
  const codec = Object(value) as Partial<Codec>;
  return IDENTIFYING.every(([field, , test]) => test(codec[field]));
}

/** Why what a file exports is no codec: what is missing, or what is there instead. */
export function whyNoCodec(exported: Readonly<Record<string, unknown>>): string {
  const names = Object.keys(exported);
  if (names.length === 0) return "it exports nothing, and a codec is its default export";
  const name = names.includes("default") ? "default" : (names[0] ?? "");
  const which = name === "default" ? "its default export" : `its export ${name}`;
  const value = exported[name];
  if (typeof value !== "object" || value === null) {
    return `${which} is ${value === null ? "null" : `a ${typeof value}`}, and no codec`;
  }
  const codec = value as Partial<Codec>;
  const wrong = IDENTIFYING.find(([field, , test]) => !test(codec[field]));
  if (wrong === undefined) return "it has no codec as its default export";
  const [field, right] = wrong;
  return `${which} is no codec: its ${field} ${codec[field] === undefined ? "is missing" : "is wrong"} (${right})`;
}

/** The fields by which a codec is told from anything else. */
const IDENTIFYING: readonly FieldRule<Codec>[] = [
  ["name", "a text", (value) => typeof value === "string"],
  ["open", "a function", isFunction],
  ["abilities", `a list out of ${ABILITIES.join(", ")}`, Array.isArray],
];

/** Which field of a codec is not what it must be. @param name what its file is called */
export function wrongField(codec: Codec, name: string): string | undefined {
  return wrongFieldOf(codec, name, FIELDS);
}

/** Whether an opened codec can do what its codec declares, and nothing else. */
export function wrongAbility(codec: Codec, options: Parameters<Codec["open"]>[0]) {
  const open: unknown = codec.open(options);
  if (!isOpenCodec(open)) return "open must return an object of functions, such as encode";
  const has = (ability: Ability) => functionFor(open, ability) !== undefined;
  const wrong = ABILITIES.find((ability) => has(ability) !== codec.abilities.includes(ability));
  if (wrong !== undefined) {
    return !has(wrong)
      ? `it declares that it can ${wrong}, and has no function for it`
      : `it can ${wrong}, and does not declare it in its abilities`;
  }
  if ((open.sidecar !== undefined) !== (codec.sidecarExtension !== undefined)) {
    return "sidecar() and sidecarExtension belong together: it has one of them";
  }
  if ((open.encodeBatch !== undefined) !== (codec.layout === "columnar")) {
    return "encodeBatch and decodeBatch are for the layout columnar, encode and decode for row";
  }
  return undefined;
}

function isOpenCodec(value: unknown): value is OpenCodec {
  return typeof value === "object" && value !== null;
}

/** What an opened codec has for an ability, for facts or for batches. */
function functionFor(open: OpenCodec, ability: Ability): unknown {
  if (ability === "encode") return open.encode ?? open.encodeBatch;
  return ability === "decode" ? (open.decode ?? open.decodeBatch) : open[ability];
}
