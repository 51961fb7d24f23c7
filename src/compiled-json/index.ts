/**
 * JSON written by code compiled from a JSON Schema, and read by a parser that remembers where keys stood.
 *
 * **Writing.** `plan.ts` reads a schema as a hint. `writer/source.ts` makes a function for each object
 * and array of it: keys are constants stored eight bytes at a time, and what does not fit (another
 * kind, other keys, `toJSON`, no plain object) goes value by value to `writer/general.ts`, which is
 * `JSON.stringify`'s own algorithm. The first megabyte is written by `JSON.stringify`: where the schema
 * leaves an object's keys open, `writer/shapes.ts` learns from it which lists of keys come, and the
 * writer is compiled with a function for each. All write into `writer/staging.ts`, memory that never moves, so that its
 * address is a constant of the code; one copy takes a fact to the slab.
 *
 * **Reading.** After a megabyte read by `JSON.parse` the parser is opened, for `project` and finders at
 * once. `reader/machine.ts` is WebAssembly, assembled beforehand by `assembler.ts` into `assembled.ts`: one
 * pass takes compact JSON to a tape of eight bytes a value. A key is compared where the last object with the same keys before it had it, so that a
 * node of the tree of keys (`reader/parser.ts`) is at the object's end its list of keys.
 * `reader/tape.ts` makes objects of the tape, by an object literal compiled for each such list. What
 * does not fit (white space, long or escaped keys, too many lists) is left to `JSON.parse`, which
 * also judges whatever the parser refuses. The schema is not needed. `reader/project.ts` walks only
 * where something is wanted, and has all else checked; `reader/search.ts` does so for paths that lead
 * into lists, which it finds on the tape without making objects of it. `reader/find-lines.ts`
 * has many lines of small facts put on the tape at once, and hands out where on it their values stand: nothing is made
 * that nobody needs.
 *
 * **Choosing.** `choice.ts` compares either with the native way by votes of interleaved blocks.
 *
 * **Opening** (`npm run bench:compiled-json -- --open`; processor time in a fresh process, medians, the schema and facts
 * of hell facts, on Node 20, 24 and 26). From making a writer and a reader until each has done its first fact: 3, 5
 * and 3 ms (58, 77 and 73 while all was compiled for the first fact). The fact after which the writer is compiled
 * takes 15, 14 and 14 ms (12, 21 and 19, and as much again when it had learned), the one that the parser is opened for
 * 27, 15 and 18 (47, 57 and 52). Forty facts, written and read: 211, 122 and 142 ms (331, 284 and 261). Loading the
 * modules comes before it and is 34 ms (60, 45 and 42); as many empty modules take 11 to 15. All compiled at once for
 * one fact takes 32, 40 and 39 ms, of which the writer's text is 5 to 8, `new Function` 3, the first fact
 * in cold code 9 to 12, and objects with their literals 8 to 10. What it took to get there, on Node 20:
 *
 * - WebAssembly assembled beforehand: reading the first fact 18 ms instead of 32; memory and modules of the parser
 *   take 1 to 2 ms now, of the writer 1 (writing doubles alone took 5, powers of ten by big integers among it);
 * - native while learning, and one compilation instead of two: first facts 13 ms instead of 54, forty facts 300 instead
 *   of 390;
 * - learning only where keys are open: 3 ms for the first fact instead of 8;
 * - the text without buffers: 6 ms instead of 8; tables of digits and escapes made without calls and buffers: 10 ms less
 *   at loading.
 *
 * `HELLFACT_LONG=1 npx vitest run src/compiled-json` is the long form of the tests, with a million texts
 * that have a fault, in minutes;
 * `npm run bench:compiled-json -- --profile` prints where the time goes.
 *
 * What pays, each alone, on Node 20 (2 cores, shared: compare, do not quote): Schubfach in WebAssembly
 * 37 ns for a double of 17 digits (`'' + x` and copying 64 ns), with one product of 192 bits instead of three, and
 * without branches on how many digits there are (with both 44); doubles behind sixteen others not looked at for
 * being short decimals, 3 ns each; two-decimal numbers by one exact
 * division 10 ns (98 ns); `hasOwnProperty` inside `for in` 1 ns where `getPrototypeOf` takes 25 ns;
 * native copies of strings from 28 units on, with a scan by eight bytes; units read by a function that
 * was taken from `String.prototype` beforehand (as a method it is looked up anew for each unit once
 * five kinds of string were seen, which made one process in four half as fast); the length of `"" + text`, which
 * is known to be a string, for the same reason: 7, 2 and 30 % on Node 20, 24 and 26; no variables that are exported in
 * what is called for each value, since engines look those up each time; small whole numbers
 * written on the spot instead of by a call, which engines inline or not; known keys looked for by
 * their length first. Functions for lists of keys: objects of items 0.9 µs a fact instead of 2.9.
 * Four units of a string at a time: 28 ns for 16 units instead of 43. A table of 1,024 strings found
 * by three of their units, compared by identity first: 11 ns instead of 20 to 43; it pauses while
 * fewer than two of three are found. Escapes from a table: strings that all need them 90 µs instead
 * of 175. Strings not looked for
 * under keys where nearly none comes again: of rows with an id among eight values, 7 % less. Reading by the parser: 90 µs for a fact of 40 kB where closures over a position in
 * JavaScript took 175; of these the scan takes a third, and making objects over a half. Objects some of
 * whose keys are numbers are maps, of which hardly two have the same keys: made key by key by lists that are
 * kept, and not by literals, a document full of them takes 2.3 ms instead of 4.8 (`JSON.parse` 2.7). Lines
 * of a file looked at for UTF-8 together instead of one by one save 50 ns each, and zeros behind the fact
 * that are stored instead of filled 30. Checking a fact with 26 strings that have escapes or other letters, which
 * WebAssembly takes itself instead of calling JavaScript: 27 µs instead of 32; the sign of a number by a branch, for
 * which the digits need not wait, 25; keys compared by a bit for each byte instead of by masks from memory, 5 % less,
 * and a number checked by all its digits and points at once, another 5 %. A list of keys that is handed on instead of made twice where keys are data: a
 * document full of such objects 5 to 15 % less.
 *
 * Missed (`npm run bench:compiled-json`): compiling all at once in 20 ms, above; writing a fact 4.5 times as fast as `JSON.stringify` into a buffer on
 * Node 24 and 3 times on 26 (3.3 to 4.1 and 2.7; 4.1 on 20), where the runtime itself became faster. Functions for lists
 * of keys, the table of strings and four digits at a time save 10 to 15 % on Node 20; on 24 and 26 they could
 * not be told from nothing. Of what is left, a sixth is waiting for memory, a tenth checking keys, and a sixth each
 * numbers and strings. `project` was to be 10 times as fast as parsing all, and is 9.4 times on 20, 7.1 on 24 and 6.7
 * on 26: the check alone is three quarters of it and copying the fact a tenth.
 *
 * What did not pay, and is not there:
 *
 * - keeping the last string of each key as bytes: no gain for parsed facts, and 1.5 times the time for
 *   facts whose strings were put together by code, because comparing those takes native code;
 * - a `Map` of strings by content: 42 ns a look-up;
 * - gathering in the loop whether a string has to be escaped, and looking once at its end: never
 *   faster, and up to four times slower;
 * - `JSON.stringify` for each long string, then copying: half the rate of a native copy and a scan;
 * - finding a list of keys by a `for in` that is left after the first key, and checking by another:
 *   the same on Node 20 and slower on 26 than one `Object.keys`;
 * - the first key and the first sixteen units of a string looked at outside of their loops, which engines watch for
 *   interruptions: the same;
 * - compiling literals for lists of keys only after 20, 60 or 250 objects had them instead of 6: hell facts
 *   up to 1.8 times slower, a document of many lists up to twice, others the same;
 * - V8's code cache for the writer, by `vm.Script`: 6 to 8 ms less of 11 to 15 for `new Function` and the first fact, but
 *   80 kB of code in a file for each schema and version, which nothing checks;
 * - functions for lists of keys in parentheses, so that engines compile them at once, and finding the values to make them
 *   by without making these: not told from nothing (8 to 12 ms for the first fact's objects);
 * - checking keys by a chain of comparisons with constants in the loop, or by `switch`: the same as by a list, and by a
 *   frozen list a fifth slower; not checking them would save a tenth;
 * - positions that are masked, so that no store can leave the memory: engines check nonetheless;
 * - quarters without a division: the same; touching the next element of a list before this one is written: 3 to 5 % more;
 * - constants of sixteen bytes made once in the parser, and not where they are used: the same;
 * - `latin1Slice`, `asciiSlice` or `utf8Slice` for long strings instead of `toString`: up to 15 ns of 60 to
 *   110, and no types for it. Slices of one long string were not tried: each that somebody keeps would
 *   keep the fact's whole text.
 */
export { compileReader, type Reader } from "./reader/compile.js";
export { createFinder, type Finder } from "./reader/find.js";
export type { FindPath, FindStep } from "./reader/branches.js";
export { compileWriter } from "./writer/compile.js";
export { writerModule, writerTypes } from "./writer/module.js";
export {
  bindWriter,
  createWriterRuntime,
  type CompiledWriter,
  type WriteFact,
  type WriterRuntime,
} from "./writer/runtime.js";
export type { WasmMemory } from "./wasm.js";
export type { Staging } from "./writer/staging.js";
export type { Path } from "../core/fact.js";
export type { JsonSchema, KeysMark } from "../core/json-schema.js";
export type { ByteWriter } from "../core/byte-writer.js";
/** The `ByteWriter` for a program that has none: a buffer that grows, and a position in it. */
export { Slab } from "../core/slab.js";
