import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyIndex, anySeed, sumOf, thousand, worldWith } from "../src/testing/worlds.js";
import { eventPayloads, type HellFact } from "../schemas/hell-fact.js";
import { World } from "./world.js";

describe("the economy balances", () => {
  /** Facts from all over the world of all worlds. */
  const facts = [
    ...thousand,
    ...fc
      .sample(fc.tuple(anySeed, anyIndex), { numRuns: 3000, seed: 1 })
      .map(([seed, index]) => new World(seed).fact(index)),
    ...Array.from({ length: 30 }, (_, index) => worldWith(1, { factBytes: 500_000 }).fact(index)),
  ];

  /** The first fact for which something does not hold. */
  function violation(check: (fact: HellFact) => boolean): HellFact | undefined {
    return facts.find((fact) => !check(fact));
  }

  function isSorted(numbers: readonly number[]): boolean {
    return numbers.every((number, index) => index === 0 || number >= (numbers[index - 1] ?? 0));
  }

  test("each balance is the one before and the amount, from opening to closing", () => {
    const wrong = violation(({ wallet: { opening, closing, journal } }) => {
      let balance = opening;
      const balances = journal.every((entry) => {
        balance += entry.amount;
        return entry.balance === balance && balance >= 0;
      });
      return balances && balance === closing;
    });
    expect(wrong).toBeUndefined();
  });

  test("amounts by reason add up to what was earned and spent for that reason", () => {
    const wrong = violation(({ wallet: { opening, closing, journal, byReason } }) => {
      const reasons = Object.entries(byReason).every(([reason, amount]) => {
        const entries = journal.filter((entry) => entry.reason === reason);
        return sumOf(entries.map((entry) => entry.amount)) === amount;
      });
      return reasons && sumOf(Object.values(byReason)) === closing - opening;
    });
    expect(wrong).toBeUndefined();
  });

  test("what was filled and what remains make the order's volume, in order of time", () => {
    const wrong = violation(({ orders }) =>
      orders.every(
        ({ volume, remaining, fills }) =>
          sumOf(fills.map((fill) => fill.volume)) + remaining === volume &&
          remaining >= 0 &&
          fills.every((fill) => fill.volume > 0) &&
          isSorted(fills.map(({ atMilliseconds }) => atMilliseconds)),
      ),
    );
    expect(wrong).toBeUndefined();
  });

  test("what was dropped or destroyed was owned, and the rest is still there", () => {
    const wrong = violation(({ cargo, runs, losses }) => {
      const owned: Record<string, number> = { ...cargo.opening };
      const events = runs.flatMap((run) => run.events.map((event) => ({ ...event, run })));
      const deaths = events.every(({ type, payload, run }) => {
        if (type === "chest") {
          for (const [item, count] of Object.entries(payload.loot)) {
            owned[item] = (owned[item] ?? NaN) + count;
          }
        }
        if (type !== "death") return true;
        const known = JSON.stringify(payload.inventory) === JSON.stringify(owned);
        const loss = losses.find((one) => one.run === run.number);
        for (const { item, dropped, destroyed } of loss?.items ?? []) {
          owned[item] = (owned[item] ?? NaN) - dropped - destroyed;
        }
        return known && loss !== undefined && Object.values(owned).every((count) => count >= 0);
      });
      const failed = runs.filter(({ completed }) => !completed);
      return (
        deaths &&
        losses.length === failed.length &&
        JSON.stringify(owned) === JSON.stringify(cargo.closing)
      );
    });
    expect(wrong).toBeUndefined();
  });

  test("some loot is found, some is dropped and some is destroyed", () => {
    const items = facts.flatMap(({ losses }) => losses.flatMap((loss) => loss.items));
    expect(sumOf(items.map(({ dropped }) => dropped))).toBeGreaterThan(facts.length);
    expect(sumOf(items.map(({ destroyed }) => destroyed))).toBeGreaterThan(facts.length);
    expect(sumOf(facts.map(({ eventsByType }) => eventsByType["chest"] ?? 0))).toBeGreaterThan(
      facts.length,
    );
  });

  test("coins, distances and counts are those of the events", () => {
    const wrong = violation(({ runs, eventsByType, session }) => {
      const byType: Record<string, number> = Object.fromEntries(
        Object.keys(eventPayloads).map((type) => [type, 0]),
      );
      const runsAgree = runs.every((run) => {
        let coins = 0;
        for (const { type, payload } of run.events) {
          byType[type] = (byType[type] ?? NaN) + 1;
          if (type === "coin") coins += payload.value;
        }
        const last = run.events.at(-1);
        return (
          run.coins === coins &&
          run.events[0]?.type === "start" &&
          last?.type === (run.completed ? "finish" : "death") &&
          last.atMilliseconds === run.milliseconds &&
          last.distanceMetres === run.distanceMetres &&
          isSorted(run.events.map(({ atMilliseconds }) => atMilliseconds))
        );
      });
      const ended = (runs.at(-1)?.startedAt ?? NaN) + (runs.at(-1)?.milliseconds ?? NaN);
      return (
        runsAgree &&
        ended === session.milliseconds &&
        JSON.stringify(eventsByType) === JSON.stringify(byType)
      );
    });
    expect(wrong).toBeUndefined();
  });

  test("contracts are accepted after they were issued, and frames add up", () => {
    const wrong = violation(
      ({ contracts, performance }) =>
        contracts.every(({ issuedAt, acceptedAt }) => (acceptedAt ?? issuedAt) >= issuedAt) &&
        sumOf(performance.frameHistogram) === performance.frames,
    );
    expect(wrong).toBeUndefined();
  });
});
