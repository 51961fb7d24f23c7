/** Names for messages and fields, each unlike all others that were given before. */
export class Names {
  private readonly used = new Set<string>();

  /** @param sameAs what two names must not have in common */
  constructor(private readonly sameAs: (name: string) => string = (name) => name) {}

  unused(wanted: string, separator = ""): string {
    let name = wanted;
    for (let copy = 2; this.used.has(this.sameAs(name)); copy++)
      name = `${wanted}${separator}${copy}`;
    this.used.add(this.sameAs(name));
    return name;
  }
}

/** Names that become one and the same in the generated code of some language. */
export function withoutCase(name: string): string {
  return name.toLowerCase().replaceAll("_", "");
}

/** A key as part of a message's name: `orders`, `max-hit` → `Orders`, `MaxHit`. */
export function messageName(key: string): string {
  const words = key.split(/[^A-Za-z0-9_]+/).filter((word) => word !== "");
  const name = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
  return /^[A-Za-z_]/.test(name) ? name : `Key${name}`;
}

/** A key as a field's name; itself, where it can be one. */
export function fieldName(key: string): string {
  const name = key.replaceAll(/\W/g, "_");
  return /^[A-Za-z_]/.test(name) ? name : `_${name}`;
}

/**
 * A key as an option's text: UTF-16 units that are not plain are a percent sign and four hexadecimal
 * digits, for the parsers of `.proto` files do not agree on escapes.
 */
export function quotedKey(key: string): string {
  return key.replaceAll(
    /[^ -~]|["%\\]/g,
    (unit) => `%${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** The key that an option's text means. */
export function unquotedKey(text: string): string {
  return text.replaceAll(/%([\da-f]{4})/g, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  );
}
