import type { GateCell, GateDocument } from "../document.js";
import { cellSentence } from "./sentence.js";

/** A gate as JUnit XML: a test case for each cell; what is inconclusive counts as skipped. */
export function gateJunit({ gate, createdAt }: GateDocument): string {
  const count = (answer: GateCell["answer"]) =>
    gate.cells.filter((cell) => cell.answer === answer).length;
  const attributes =
    `name="hellfact gate" tests="${gate.cells.length}" failures="${count("fail")}" errors="0" ` +
    `skipped="${count("inconclusive")}" time="${gate.seconds.toFixed(3)}" timestamp="${escaped(createdAt.slice(0, 19))}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    "<testsuites>",
    `  <testsuite ${attributes}>`,
    ...gate.cells.map(testCase),
    "  </testsuite>",
    "</testsuites>",
    "",
  ].join("\n");
}

function testCase(cell: GateCell): string {
  const said = escaped(cellSentence(cell));
  const head = `    <testcase classname="hellfact.gate.${escaped(cell.codec)}" name="${escaped(cell.name)}">`;
  const inside = {
    pass: `<system-out>${said}</system-out>`,
    fail: `<failure message="${said}"/>`,
    inconclusive: `<skipped message="${said}"/>`,
  }[cell.answer];
  return `${head}${inside}</testcase>`;
}

const ENTITIES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};

function escaped(text: string): string {
  return text
    .replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign)
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD]/g, "�");
}
