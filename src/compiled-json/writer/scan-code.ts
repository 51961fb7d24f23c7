/** Generates code: the scan of `scan.ts`, eight bytes at a time. */
import {
  assembleOne,
  get,
  giveBack,
  i32,
  i64,
  loopWhile,
  set,
  when,
  type Code,
} from "../assembler.js";

const P = 0;
const UNITS = 1;
const END = 2;
const WORD = 3;

const each = (byte: number): Code => i64.const(BigInt(byte) * 0x0101_0101_0101_0101n);
/** Not zero if a byte of `word` is below `least` (Bit Twiddling Hacks, "haszero" and "hasless"). */
const below = (word: Code, least: number): Code =>
  i64.and(i64.sub(word, each(least)), i64.xor(word, each(0xff)));

const word = get(WORD);

/** The module. */
export const scan = (): Uint8Array =>
  assembleOne(1, 1, [
    set(END, i32.add(get(P), i32.fromF64(get(UNITS)))),
    i64.store(get(END), 0, each(0x20)),
    loopWhile(i32.lt(get(P), get(END)), [
      set(WORD, i64.load(get(P), 0)),
      set(
        WORD,
        i64.or(
          below(word, 0x20),
          i64.or(below(i64.xor(word, each(0x22)), 1), below(i64.xor(word, each(0x5c)), 1)),
        ),
      ),
      when(i32.eqz(i64.eqz(i64.and(word, each(0x80)))), [giveBack(i32.const(0))]),
      set(P, i32.add(get(P), i32.const(8))),
    ]),
    giveBack(i32.const(1)),
  ]);
