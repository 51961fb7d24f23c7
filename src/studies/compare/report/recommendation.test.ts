import { expect, test } from "vitest";
import { loadCompressor } from "../../../plugins/load-compressor.js";
import { loadPlugin } from "../../../plugins/catalog.js";
import { imaginedDocument } from "../../../testing/document.js";
import { headlineOf } from "./recommendation.js";

/** What is said where codecs write, and read, at these rates. */
async function headline(rates: Record<"write" | "read", Record<string, number>>): Promise<string> {
  const names = ["json", "msgpackr", "v8"];
  const codecs = await Promise.all(
    names.map(async (name) => ({ name, codec: await loadPlugin("codecs", name) })),
  );
  const document = await imaginedDocument({
    rate: ({ codec, direction }) => rates[direction === "read" ? "read" : "write"][codec] ?? 1,
    noise: 0.02,
    trials: 9,
    matrix: { codecs, compressors: [await loadCompressor("none")], directions: ["write", "read"] },
  });
  return headlineOf(document);
}

const CLEAR = { json: 100, msgpackr: 300, v8: 50 };
const OTHER = { json: 300, msgpackr: 100, v8: 50 };
const LEVEL = { json: 100, msgpackr: 100, v8: 50 };

test.each([
  [CLEAR, CLEAR, "Take msgpackr: nothing here writes or reads faster beyond doubt."],
  [CLEAR, OTHER, "Take json where facts are read often, msgpackr where they are mostly written."],
  [LEVEL, CLEAR, "Take msgpackr: nothing here writes or reads faster beyond doubt."],
  [
    LEVEL,
    LEVEL,
    "Nothing is significantly fastest: (json and msgpackr|msgpackr and json) are level to write and to read.",
  ],
  [
    LEVEL,
    { ...CLEAR, msgpackr: 30, v8: 900 },
    "Nothing is significantly fastest to write: (json and msgpackr|msgpackr and json) are level. Take v8 where facts are read often.",
  ],
])(
  "%j and %j: the headline names one, or says first that nothing won",
  async (write, read, said) => {
    expect(await headline({ write, read })).toMatch(new RegExp(`^${said}$`));
  },
);
