import { cpSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { hellfact } from "../testing/command.js";
import { imaginedGate } from "../testing/gate-document.js";
import { imaginedDocument } from "../testing/document.js";
import { studyCommands } from "./registry.js";

const folder = mkdtempSync(join(tmpdir(), "hellfact-studies-"));
const root = resolve(import.meta.dirname, "../..");

function saved(name: string, document: object): string {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(document));
  return path;
}

test("every command that a study brings can be asked for help, with two examples", async () => {
  for (const name of Object.keys(await studyCommands())) {
    const { code, stdout } = await hellfact([name, "--help"]);
    expect([name, code]).toEqual([name, 0]);
    expect(stdout.split("Examples:")[1]?.match(/^ {2}hellfact /gm)?.length).toBeGreaterThan(1);
  }
});

test("a document of a kind that no study knows is refused, with those that are known", async () => {
  const path = saved("strange.json", { format: "hellfact-results", kind: "dream", version: 1 });
  const { code, stderr } = await hellfact(["report", path]);
  expect(code).toBe(2);
  expect(stderr).toContain(`no study makes documents of kind "dream"; known are compare, run`);
});

test("a form that a study does not have is refused, with those that it has", async () => {
  const path = saved("gate.json", imaginedGate(0));
  const { code, stderr } = await hellfact(["report", path, "--format", "csv"]);
  expect(code).toBe(2);
  expect(stderr).toContain("printed as text, markdown, svg, html, json, and not as csv.");
});

describe("a study that is added", () => {
  // The whole of an experiment, as it stands in a folder of its own.
  const STUDY = `
    import { Type } from "../../core/typebox.js";
    import { begun, envelope } from "../../results/document-type.js";
    import { keepDocument } from "../../terminal/keep.js";
    const schema = Type.Object({ ...envelope("experiment", 1), answer: Type.Number() });
    const configure = (command) => command.action(() => {
      keepDocument("out", { ...begun("experiment", 1), answer: 42 });
    });
    export default {
      kind: "experiment",
      commands: { experiment: { summary: "find the answer", load: async () => ({ configure }) } },
      document: () => ({ kind: "experiment", version: 1, title: "an experiment", schema }),
      forms: { text: ({ answer }) => \`the answer is \${answer}\\n\` },
      headline: ({ answer }) => \`It is \${answer}.\`,
    };`;
  const copy = join(folder, "project");

  test("needs one line outside its folder, and is run, kept and printed", async () => {
    for (const part of ["dist", "schemas", "package.json"]) {
      cpSync(join(root, part), join(copy, part), { recursive: true });
    }
    symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
    mkdirSync(join(copy, "dist/src/studies/experiment"));
    writeFileSync(join(copy, "dist/src/studies/experiment/study.js"), STUDY);
    const registry = join(copy, "dist/src/studies/registry.js");
    const line = '    experiment: () => import("./experiment/study.js"),\n';
    const text = readFileSync(registry, "utf8");
    writeFileSync(registry, text.replace("    compare: ", `${line}    compare: `));

    const options = { cwd: folder, main: join(copy, "dist/src/cli/main.js") };
    expect((await hellfact(["--help"], options)).stdout).toContain("find the answer");
    expect((await hellfact(["experiment"], options)).code).toBe(0);
    const { stdout } = await hellfact(["report"], options);
    expect(stdout).toBe("the answer is 42\n");

    const path = saved("wrong.json", {
      ...{ format: "hellfact-results", kind: "experiment", version: 1, createdAt: "" },
      answer: "none",
    });
    const { code, stderr } = await hellfact(["report", path], options);
    expect([code, stderr]).toEqual([2, `hellfact: ${path}: answer must be number.\n`]);
  });
});

test("a comparison is printed in every form", async () => {
  const path = saved("compare.json", await imaginedDocument({ rate: () => 1000, noise: 0.01 }));
  for (const format of ["text", "markdown", "csv", "json", "html"]) {
    const { code, stdout } = await hellfact(["report", path, "--format", format]);
    expect([format, code]).toEqual([format, 0]);
    expect(stdout.length).toBeGreaterThan(100);
  }
});
