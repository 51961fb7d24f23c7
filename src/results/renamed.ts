/**
 * A value in which properties have the names of a later version, however deep they stand, and words of
 * a fixed set their later spelling.
 *
 * @param names old names of properties, and what they are called now
 * @param words old words that are values, and what they are called now
 */
export function renamed(
  value: unknown,
  names: Readonly<Record<string, string>>,
  words: Readonly<Record<string, string>> = {},
): unknown {
  const at = (table: Readonly<Record<string, string>>, key: string) =>
    Object.hasOwn(table, key) ? (table[key] ?? key) : key;
  const change = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(change);
    if (typeof part === "string") return at(words, part);
    if (typeof part !== "object" || part === null) return part;
    return Object.fromEntries(
      Object.entries(part).map(([key, inner]) => [at(names, key), change(inner)]),
    );
  };
  return change(value);
}
