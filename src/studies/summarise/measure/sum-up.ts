import { isUtf8 } from "node:buffer";
import { HellfactError } from "../../../core/errors.js";
import { PartFacts, schemaOfRun } from "../../../pipeline/run/part-facts.js";
import { keepSketch } from "../../../pipeline/run/part-sketch.js";
import { partsOf } from "../../../pipeline/run/places/plan-parts.js";
import { fileBytes, gzipProblem } from "../../../sources/file-bytes.js";
import { isBlank, rawLines } from "../../../sources/line-range.js";
import { LineSplitter, type Stretch } from "../../../sources/lines.js";
import { factOn, isFactText } from "../../../sources/parse-fact.js";
import type { FactSummary } from "../../../summarise/fact-summary.js";
import { firstLineOf, gzipFile } from "./gzip-file.js";
import type { Task } from "./task.js";

const STDIN = "-";
const OPEN_OBJECT = 0x7b;
const LOOK_FACTS = 64;
/** Lines up to so many bytes are short: they are read together, so many bytes at once. */
const SHORT_BYTES = 1024;
const TOGETHER_BYTES = 1 << 16;

/**
 * Adds all facts of a task to a summary, in one pass and memory that does not grow with them. Of JSON lines only
 * what is asked for becomes values. Returns how many bytes of encoded facts that were.
 *
 * @param onFacts called now and then
 *
 * Rejects with an `InputError` naming the file, the line and the byte of what is no fact, and with a
 * `HellfactError` for a part that has other bytes than its run's manifest says.
 */
export async function sumUp(
  task: Task,
  summary: FactSummary,
  onFacts: () => void,
): Promise<number> {
  switch (task.kind) {
    case "part":
      return sumUpPart(task, summary, onFacts);
    case "lines":
      return sumUpRange(task, summary, onFacts);
    case "stream":
      return sumUpStream(task, summary, onFacts);
    case "document":
      return sumUpDocument(task, summary, onFacts);
  }
}

/** One for all parts: they are read one after the other. */
const splitter = new LineSplitter("", true);

type TaskOf<K extends Task["kind"]> = Extract<Task, { kind: K }>;

async function sumUpPart(
  { folder, plan, part, own, keep }: TaskOf<"part">,
  summary: FactSummary,
  onFacts: () => void,
): Promise<number> {
  const parts = await partsOf(plan, own);
  const bytes = new PartFacts(folder, parts, undefined);
  const text = bytes.text(part);
  const path = `${folder}/${part.file}`;
  // What this tool wrote is JSON, if the checksum is right.
  const isKnown = plan.codecSha256 === undefined && plan.compressorSha256 === undefined;
  if (text !== undefined) {
    try {
      sumUpText(path, text, summary, onFacts, isKnown);
    } catch (error) {
      throw bytes.damage(part) ?? error;
    }
  } else {
    const look = every(onFacts);
    const facts = new PartFacts(folder, parts, await schemaOfRun(plan));
    for (const fact of facts.read(part)) {
      summary.add(fact);
      look();
    }
  }
  if (summary.facts !== part.facts) {
    throw new HellfactError(
      `${path}: it has ${summary.facts} facts, and should have ${part.facts}.`,
    );
  }
  if (keep) keepSketch(folder, part, summary);
  return part.encodedBytes;
}

/** Adds the lines of a text. Returns their bytes. */
function sumUpText(
  path: string,
  text: Iterable<Uint8Array>,
  summary: FactSummary,
  onFacts: () => void,
  isKnown = false,
): number {
  splitter.begin(path);
  const look = every(onFacts);
  let bytes = 0;
  for (const piece of text) {
    splitter.push(Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength));
    bytes += addLines(path, summary, look, isKnown);
  }
  splitter.end();
  return bytes + addLines(path, summary, look, isKnown);
}

/** Adds the lines that the splitter has. Returns their bytes. */
function addLines(
  path: string,
  summary: FactSummary,
  look: (facts?: number) => void,
  isKnown = false,
): number {
  let bytes = 0;
  for (let line = splitter.next(); line !== undefined; line = splitter.next()) {
    addLine(path, line, summary, isKnown);
    bytes += line.bytes.length + 1;
    look();
    // Where one line is short, others mostly are.
    if (line.bytes.length <= SHORT_BYTES && summary.takesLines) bytes += addTogether(summary, look);
  }
  return bytes;
}

/** Adds the next lines that the splitter has, many at once, until there is none or one that is looked at alone. */
function addTogether(summary: FactSummary, look: (facts: number) => void): number {
  let bytes = 0;
  for (;;) {
    const lines = splitter.whole(TOGETHER_BYTES);
    if (lines === undefined) return bytes;
    const taken = summary.addLines(lines);
    splitter.pass(taken.facts, taken.bytes);
    bytes += taken.bytes;
    look(taken.facts);
    if (taken.bytes < lines.length) return bytes;
  }
}

function sumUpRange(
  { path, from, to }: TaskOf<"lines">,
  summary: FactSummary,
  onFacts: () => void,
): number {
  const file = rawLines(path);
  const look = every(onFacts);
  let encodedBytes = 0;
  try {
    for (const { bytes, byte, isText } of file.lines(from, to)) {
      // Counting lines takes time, and only who finds a fault in one needs its number.
      const line = {
        ...{ bytes, byte, isText },
        get line() {
          return file.numberOf(byte);
        },
      };
      if (!isBlank(bytes)) addLine(path, line, summary);
      encodedBytes += bytes.length + 1;
      look();
    }
    return encodedBytes;
  } finally {
    file.close();
  }
}

async function sumUpStream(
  task: TaskOf<"stream">,
  summary: FactSummary,
  onFacts: () => void,
): Promise<number> {
  const { path, allowBombs } = task;
  try {
    if (path === STDIN) return await sumUpStdin(task, summary, onFacts);
    if (hasFactOnFirstLine(path, allowBombs)) {
      const text = gzipFile(path, { allowBombs, hasFacts: () => splitter.hasLines });
      return sumUpText(path, text, summary, onFacts);
    }
  } catch (error) {
    // Damaged gzip inflates to nonsense before it is noticed: then it is what is wrong.
    throw (await gzipProblem(path)) ?? error;
  }
  return sumUpDocument({ kind: "document", path, allowBombs }, summary, onFacts);
}

async function sumUpStdin(
  { path, allowBombs }: TaskOf<"stream">,
  summary: FactSummary,
  onFacts: () => void,
): Promise<number> {
  const look = every(onFacts);
  const hasFacts = () => splitter.hasLines;
  let encodedBytes = 0;
  splitter.begin(path);
  for await (const piece of fileBytes(path, { allowBombs, hasFacts })) {
    splitter.push(piece);
    encodedBytes += addLines(path, summary, look);
  }
  splitter.end();
  return encodedBytes + addLines(path, summary, look);
}

/** What does not is one document of many lines, or nothing. */
function hasFactOnFirstLine(path: string, allowBombs: boolean): boolean {
  const line = firstLineOf(path, allowBombs);
  return line !== undefined && isFactText(line.bytes);
}

async function sumUpDocument(
  { path, allowBombs }: TaskOf<"document">,
  summary: FactSummary,
  onFacts: () => void,
): Promise<number> {
  const { inputSource, openInput } = await import("../../../sources/input.js");
  const look = every(onFacts);
  const input = await openInput([path], { bytes: 0 });
  for await (const fact of inputSource(input, undefined, { allowBombs }).facts()) {
    summary.add(fact);
    look();
  }
  return 0;
}

/** Adds a line; what does not begin as an object does, or is no JSON, is looked at closely. */
function addLine(path: string, line: Stretch, summary: FactSummary, isKnown = false): void {
  const { bytes, isText = false } = line;
  if (bytes[0] === OPEN_OBJECT && (isText || isUtf8(bytes))) {
    try {
      summary.addJson(bytes, isKnown);
      return;
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
    }
  }
  summary.add(factOn(path, line));
}

/** Calls back for every so many facts. */
function every(onFacts: () => void): (facts?: number) => void {
  let left = LOOK_FACTS;
  return (facts = 1) => {
    left -= facts;
    if (left > 0) return;
    left = LOOK_FACTS;
    onFacts();
  };
}
