/**
 * Takes files away that only hand on what one chunk has, each for a single `import()`: that asks the chunk itself.
 * `import("./text.js")`, with `export{n as loadText}from"./load.js"` in that file, is
 * `import("./load.js").then(e=>({loadText:e.n}))`.
 */
import { dirname, join, relative } from "node:path/posix";

const FACADE = /^export\{([^}]*)\}from["'`]([^"'`]+)["'`];\s*$/;
const IMPORT = /\bimport\((["'`])(\.[^"'`]+)\1\)/g;

/**
 * @param output chunks with their `fileName` and `code`
 * @returns the files that are left, by their names
 */
export function withoutFacades(output) {
  const facades = new Map();
  for (const { fileName, code, isEntry } of output) {
    const [, names, from] = FACADE.exec(code) ?? [];
    if (names === undefined || isEntry) continue;
    facades.set(fileName, { chunk: join(dirname(fileName), from), names: names.split(",") });
  }
  const left = output.filter(({ fileName }) => !facades.has(fileName));
  return new Map(
    left.map(({ fileName, code }) => [
      fileName,
      code.replaceAll(IMPORT, (whole, _, path) => {
        const facade = facades.get(join(dirname(fileName), path));
        return facade === undefined ? whole : askingChunk(facade, dirname(fileName));
      }),
    ]),
  );
}

function askingChunk({ chunk, names }, folder) {
  const place = relative(folder, chunk);
  const fields = names.map((one) => {
    const [inside, outside = inside] = one.split(" as ");
    return `${outside}:e.${inside}`;
  });
  return `import("${place.startsWith(".") ? place : `./${place}`}").then(e=>({${fields.join()}}))`;
}
