type Names = Readonly<Record<string, string>>;

/**
 * A value in which properties have the names of a later version, however deep they stand, and words of
 * a fixed set their later spelling.
 *
 * @param names old names of properties, and what they are called now
 * @param words old words that are values, and what they are called now
 * @param inside names that hold only below a property, by that property
 */
export function renamed(
  value: unknown,
  names: Names,
  words: Names = {},
  inside: Readonly<Record<string, Names>> = {},
): unknown {
  const at = (table: Names, key: string) => (Object.hasOwn(table, key) ? (table[key] ?? key) : key);
  const change = (part: unknown, known: Names): unknown => {
    if (Array.isArray(part)) return part.map((one) => change(one, known));
    if (typeof part === "string") return at(words, part);
    if (typeof part !== "object" || part === null) return part;
    return Object.fromEntries(
      Object.entries(part).map(([key, inner]) => {
        const below = Object.hasOwn(inside, key) ? { ...known, ...inside[key] } : known;
        return [at(known, key), change(inner, below)];
      }),
    );
  };
  return change(value, names);
}
