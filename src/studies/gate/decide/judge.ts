/** From recorded pairs to everything that a gate says of its cells. Pure. */
import type { GateCell, GateDocument, GatePair } from "../document.js";
import { location } from "../../../stats/signed-rank.js";
import { decide, type CellDecision, type Decision } from "./decide.js";
import { exactCounters } from "./exact.js";
import { decidedPair } from "../measure/pair-figures.js";

export type CellName = Pick<GateCell, "name" | "codec" | "direction" | "payload">;
export type Judgement = Pick<GateDocument["gate"], "answer" | "geometricMean" | "cells">;

/** Decides from recorded pairs. @param cores of the machine that made them */
export function decideRecorded(
  cells: number,
  pairs: readonly GatePair[],
  cores: number,
  seed: number,
): Decision {
  return decide(
    cells,
    pairs.map((pair) => decidedPair(pair, cores)),
    seed,
  );
}

/** The whole judgement; every cell needs at least one pair. */
export function judge(
  cells: readonly CellName[],
  pairs: readonly GatePair[],
  cores: number,
  seed: number,
): Judgement {
  const decision = decideRecorded(cells.length, pairs, cores, seed);
  const judged = cells.map((cell, index) =>
    judgedCell(
      cell,
      decision.cells[index] as CellDecision,
      pairs.filter((pair) => pair.cell === index),
    ),
  );
  return {
    answer: judged.some(({ answer }) => answer === "fail") ? "fail" : decision.answer,
    geometricMean: cells.length > 1 ? together(cells.length, pairs, cores) : null,
    cells: judged,
  };
}

function judgedCell(
  { name, codec, direction, payload }: CellName,
  decision: CellDecision,
  pairs: readonly GatePair[],
): GateCell {
  const { failure, encodedBytesPerFact, allocatedBytesPerFact } = exactCounters(pairs);
  const { change, low, high, detectable, confirming, dropped } = decision;
  return {
    name,
    codec,
    direction,
    payload,
    answer: failure === null ? decision.answer : "fail",
    reason: failure ?? decision.reason,
    change: finite(change),
    low: low <= -1 ? null : low,
    high: finite(high),
    detectable: finite(detectable),
    pairs: decision.pairs,
    confirming,
    dropped,
    encodedBytesPerFact,
    allocatedBytesPerFact,
  };
}

/** The geometric mean over cells, from rounds in which each of them has a kept pair. */
function together(cells: number, pairs: readonly GatePair[], cores: number) {
  const logs = Array.from({ length: cells }, (_, cell) =>
    pairs
      .filter((pair) => pair.cell === cell)
      .map((pair) => decidedPair(pair, cores))
      .filter(({ dropped }) => dropped === null)
      .map(({ logRatio }) => logRatio),
  );
  const rounds = Math.min(...logs.map(({ length }) => length));
  if (rounds === 0) return null;
  const means = Array.from(
    { length: rounds },
    (_, round) => logs.reduce((sum, own) => sum + (own[round] ?? 0), 0) / cells,
  );
  const { middle, low, high } = location(means);
  return {
    change: finite(Math.expm1(middle)),
    low: Number.isFinite(low) ? Math.expm1(low) : null,
    high: finite(Math.expm1(high)),
  };
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
