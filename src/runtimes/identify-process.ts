/** Runs under any runtime, and says what it is in one line of JSON. */
const { versions } = process as { versions: Readonly<Record<string, string | undefined>> };

const [family, version] =
  versions["bun"] === undefined
    ? versions["deno"] === undefined
      ? ["node", versions["node"]]
      : ["deno", versions["deno"]]
    : ["bun", versions["bun"]];
// Bun names a V8 for the sake of programs that ask; what it has inside is JavaScriptCore.
const engine =
  family === "bun"
    ? `JavaScriptCore ${versions["webkit"]?.slice(0, 9) ?? ""}`.trim()
    : `V8 ${/^[\d.]+\d/.exec(versions["v8"] ?? "")?.[0] ?? "unknown"}`;

console.log(JSON.stringify({ hellfact: "runtime", family, version, engine }));
