/**
 * Writes what the package offers to programs, every name with its type, as docs/api.md: so that a change of it
 * is seen in review. With `--check` it compares instead, and exits with 1 where they differ.
 *
 *   node packaging/api.mjs [--check]
 */
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { parseSync } from "rolldown/utils";

const root = resolve(import.meta.dirname, "..");
const REPORT = resolve(root, "docs/api.md");
const { exports } = JSON.parse(readFileSync(resolve(root, "package.json"), "utf8"));

const modules = new Map();
const made = report();
if (!process.argv.includes("--check")) writeFileSync(REPORT, made);
else if (readFileSync(REPORT, "utf8") !== made) {
  console.error("docs/api.md is not what the package offers: npm run api writes it anew.");
  process.exitCode = 1;
}

function report() {
  const entries = Object.entries(exports).filter(([, entry]) => entry.types !== undefined);
  const missing = new Set();
  const sections = entries.map(([name, { types }]) => section(name, resolve(root, types), missing));
  if (missing.size > 0) {
    console.error(`in signatures, and not exported: ${[...missing].join(", ")}`);
    process.exitCode = 1;
  }
  return `# What programs can import\n\nMade by \`npm run api\`; [library.md](library.md) tells how it is used.\n${sections.join("")}`;
}

/** An entry of the package: its names in order, each with its declaration. */
function section(entry, path, missing) {
  const exported = new Map(namesOf(path).map((name) => [name, find(path, name)]));
  const offered = new Set([...exported.values()].map(({ file, name }) => `${file}#${name}`));
  for (const { file, node } of exported.values()) {
    for (const name of typesIn(node)) {
      const target = find(file, name);
      if (target === undefined || offered.has(`${target.file}#${target.name}`)) continue;
      missing.add(`${entry} ${name}`);
    }
  }
  const texts = [...exported]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { file, node }]) => declaration(file, node));
  const title = entry === "." ? "hellfact" : `hellfact/${entry.slice(2)}`;
  return `\n## ${title}\n\n\`\`\`ts\n${texts.join("\n")}\n\`\`\`\n`;
}

/** A declaration file: its text, what it declares, and what it takes from others. */
function moduleAt(path) {
  const known = modules.get(path);
  if (known !== undefined) return known;
  const source = readFileSync(path, "utf8");
  const { program, comments } = parseSync(path, source);
  const found = {
    source,
    comments,
    declared: new Map(),
    from: new Map(),
    all: [],
    exported: new Set(),
  };
  modules.set(path, found);
  const target = (node) =>
    node?.value.startsWith(".")
      ? resolve(dirname(path), node.value.replace(/\.js$/, ".d.ts"))
      : undefined;
  for (const node of program.body) {
    const other = target(node.source);
    if (node.type === "ImportDeclaration") {
      for (const { local, imported } of node.specifiers) {
        found.from.set(local.name, { path: other, name: imported?.name ?? "default" });
      }
    } else if (node.type === "ExportAllDeclaration") found.all.push(other);
    else if (node.type === "ExportNamedDeclaration" && node.declaration === null) {
      for (const { local, exported } of node.specifiers) {
        found.exported.add(exported.name);
        if (node.source !== null) found.from.set(exported.name, { path: other, name: local.name });
      }
    } else {
      const declared = node.declaration ?? node;
      for (const name of declaredBy(declared)) {
        found.declared.set(name, [...(found.declared.get(name) ?? []), node]);
        if (node.declaration) found.exported.add(name);
      }
    }
  }
  return found;
}

function declaredBy({ id, declarations = [] }) {
  return id ? [id.name] : declarations.map((each) => each.id.name);
}

function namesOf(path) {
  const { exported, all } = moduleAt(path);
  return [...exported, ...all.flatMap(namesOf)];
}

/** Where a name comes from; `undefined` for what is another package's, or the language's. */
function find(path, name) {
  const { declared, from, all } = moduleAt(path);
  if (declared.has(name)) return { file: path, name, node: declared.get(name) };
  const other = from.get(name);
  if (other !== undefined) return other.path && find(other.path, other.name);
  for (const each of all) if (namesOf(each).includes(name)) return find(each, name);
  return undefined;
}

function isPrivate({ accessibility, key }) {
  return (
    accessibility === "private" ||
    accessibility === "protected" ||
    key?.type === "PrivateIdentifier"
  );
}

/** Names of the types that a declaration mentions; what a value is of (`typeof x`) says itself. */
function typesIn(node, names = new Set()) {
  if (Array.isArray(node)) for (const each of node) typesIn(each, names);
  else if (node !== null && typeof node === "object" && !isPrivate(node)) {
    const name = { TSTypeReference: node.typeName, TSInterfaceHeritage: node.expression }[
      node.type
    ];
    if (name?.type === "Identifier") names.add(name.name);
    for (const [key, each] of Object.entries(node))
      if (key !== "typeParameters") typesIn(each, names);
  }
  return names;
}

/** The text of a declaration, without comments and what is private or protected. */
function declaration(path, nodes) {
  const { source, comments } = moduleAt(path);
  return nodes
    .map((node) => {
      const members = (node.declaration ?? node).body?.body ?? [];
      const left = [...comments, ...members.filter(isPrivate)].filter(
        ({ start, end }) => start >= node.start && end <= node.end,
      );
      let text = source.slice(node.start, node.end);
      for (const { start, end } of left.toSorted((a, b) => b.start - a.start)) {
        text = text.slice(0, start - node.start) + text.slice(end - node.start);
      }
      return text.replaceAll(/^\s*\n/gm, "").replaceAll(/[ \t]+$/gm, "");
    })
    .join("\n");
}
