/** The contract that every compressor passes: the ones that are here by tests, others before they run. */
import type { Compressor, CompressorOptions, OpenCompressor } from "../../core/compressor.js";
import { firstBreach, missingFunction, wrongFieldOf, type Rule } from "../breach.js";
import { BATCHES, FIRST, INCOMPRESSIBLE, piecesOf, SECOND } from "./batches.js";
import { damageProblem } from "./damage.js";
import { FIELDS } from "./shape.js";

/** A compressor that is opened. */
export interface OpenCandidate {
  readonly name: string;
  readonly open: OpenCompressor;
}

/** What an opened compressor must do, in the order in which it is looked at. */
export const CONTRACT: readonly Rule<OpenCandidate>[] = [
  {
    rule: "gives every batch back, however many stand behind one another",
    breach: ({ open }) => {
      for (const batches of BATCHES) {
        const file = Buffer.concat(batches.map((batch) => compressed(open, batch)));
        if (!inflated(open, file).equals(Buffer.concat(batches))) {
          return `${batches.length} batches of ${batches.map(({ length }) => length).join(", ")} bytes come back changed`;
        }
      }
      return undefined;
    },
  },
  {
    rule: "gives pieces that end where a batch ended",
    breach: ({ open }) => {
      const batches = [FIRST, INCOMPRESSIBLE, SECOND];
      const file = Buffer.concat(batches.map((batch) => compressed(open, batch)));
      const ends = new Set<number>();
      let end = 0;
      for (const { length } of batches) ends.add((end += length));
      let reached = 0;
      for (const piece of open.decompress(file)) {
        reached += piece.length;
        if (!ends.has(reached)) return `a piece ends ${reached} bytes in, where no batch ended`;
      }
      return undefined;
    },
  },
  {
    rule: "does not change the batch it is given",
    breach: ({ open }) => {
      const batch = Buffer.from(FIRST);
      open.compress(batch);
      return batch.equals(FIRST) ? undefined : "it changes the batch it is given";
    },
  },
  {
    rule: "tells what is truncated, damaged or foreign, with an offset",
    // What does nothing has nothing to tell it by.
    isFor: ({ name }) => name !== "none",
    breach: ({ open }) => damageProblem(open),
  },
  {
    rule: "gives every batch back of a file that comes in pieces, in memory that is used again",
    isFor: ({ open }) => open.decompressPieces !== undefined,
    breach: ({ open }) => {
      const file = Buffer.concat([FIRST, SECOND].map((batch) => compressed(open, batch)));
      for (const size of [1, 7, 100, file.length]) {
        const contents = open.decompressPieces?.(piecesOf(file, size)) ?? [];
        const whole = Buffer.concat(Array.from(contents, (content) => Buffer.from(content)));
        if (!whole.equals(Buffer.concat([FIRST, SECOND]))) {
          return `pieces of ${size} bytes come back changed`;
        }
      }
      return undefined;
    },
  },
  {
    rule: "makes streams that are read as batches are",
    isFor: ({ open }) => open.openStream !== undefined,
    breach: ({ open }) => {
      for (const batches of BATCHES) {
        const stream = open.openStream?.();
        if (stream === undefined) return "openStream gives nothing";
        const parts = batches.map((batch) => Buffer.from(stream.add(batch)));
        const file = Buffer.concat([...parts, Buffer.from(stream.end())]);
        if (!inflated(open, file).equals(Buffer.concat(batches))) {
          return "a file that was compressed as one stream comes back changed";
        }
      }
      return undefined;
    },
  },
];

/** What a compressor breaks first, in one line; `undefined` if it keeps the contract. @param name what its file is called */
export async function compressorBreach(
  compressor: Compressor,
  name: string,
): Promise<string | undefined> {
  const shape: Rule<Compressor> = {
    rule: "is called as its file is, says what it is, and opens as it says",
    breach: async () => {
      const wrong = wrongFieldOf(compressor, name, FIELDS);
      if (wrong !== undefined) return wrong;
      const open = await compressor.open({});
      const missing = missingFunction(open, ["compress", "decompress"]);
      if (missing !== undefined) return missing;
      return (open.openStream !== undefined) === compressor.streams
        ? undefined
        : "streams and openStream belong together: it has one of them";
    },
  };
  const wrong = await firstBreach("a compressor", [shape], compressor);
  if (wrong !== undefined) return wrong;
  for (const options of openings(compressor)) {
    const open = await compressor.open(options);
    const broken = await firstBreach("a compressor", CONTRACT, { name, open });
    if (broken === undefined) continue;
    const level = options.level ?? options.namedLevel;
    return level === undefined ? broken : `at level ${level}, ${broken}`;
  }
  return undefined;
}

/** Ways to open it that may behave otherwise: the usual one, both ends of its levels, named ones, other engines. */
function openings({ levels, engines }: Compressor): CompressorOptions[] {
  const numbers = levels === null ? [] : [levels.lowest, levels.highest];
  return [
    {},
    ...[...new Set(numbers)].map((level) => ({ level })),
    ...(levels?.named ?? []).map((namedLevel) => ({ namedLevel })),
    ...engines.slice(1).map((engine) => ({ engine })),
  ];
}

function compressed(open: OpenCompressor, batch: Uint8Array): Buffer {
  return Buffer.from(open.compress(batch));
}

function inflated(open: OpenCompressor, file: Uint8Array): Buffer {
  return Buffer.concat(Array.from(open.decompress(file), (piece) => Buffer.from(piece)));
}
