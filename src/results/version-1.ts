/** Documents of version 1, which did not say of which kind they are. */

/** What tells kinds of version 1 apart: a format of their own, or a field that no other has. */
const FORMATS: Readonly<Record<string, string>> = {
  "hellfact-warmup": "warmup",
  "hellfact-ledger": "conformance",
  "hellfact-suite": "conformance",
  "hellfact-sizing": "size",
};
const FIELDS: Readonly<Record<string, string>> = {
  gate: "gate",
  run: "run",
  scenarios: "compare",
};

/** The kind of a document of version 1; `undefined` if it is none that was ever written. */
export function kindOfVersion1(document: Readonly<Record<string, unknown>>): string | undefined {
  const byFormat = FORMATS[String(document["format"])];
  if (byFormat !== undefined) return byFormat;
  return Object.entries(FIELDS).find(([field]) => field in document)?.[1];
}
