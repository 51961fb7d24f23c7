import { describe, expect, test } from "vitest";
import { sumOf, thousand, world, worldWith } from "../src/testing/worlds.js";
import { DAY_MILLISECONDS, DEFAULT_PROFILE } from "./profile.js";

describe("time and crowd", () => {
  /** Facts from all parts of one day. */
  const day = Array.from({ length: 24_000 }, (_, part) =>
    Math.floor((part * DEFAULT_PROFILE.activePerDay) / 24_000),
  );
  const envelopes = day.map((index) => world.envelope(index, 0));

  test("facts arrive in order, over a day that has its hours", () => {
    const times = envelopes.map(({ receivedAt }) => receivedAt);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(envelopes.every(({ gameDay }) => gameDay === 0)).toBe(true);
    const inHour = (hour: number) =>
      envelopes.filter(({ gameTime }) => Math.floor(gameTime / 3_600_000) === hour).length;
    expect(inHour(20) / inHour(4)).toBeGreaterThan(5);
    expect(world.envelope(DEFAULT_PROFILE.activePerDay, 0).gameDay).toBe(1);
  });

  test("a session ends before its fact is uploaded", () => {
    for (const { session, gameDay, gameTime, receivedAt } of thousand) {
      expect(session.startedAt + session.milliseconds).toBeLessThan(receivedAt);
      expect(receivedAt % DAY_MILLISECONDS).toBe(gameTime);
      expect(gameDay).toBe(0);
    }
  });

  test("a game day compressed into a minute brings a day's facts in a minute", () => {
    const fast = worldWith(42, { gameDayMilliseconds: 60_000 });
    const start = fast.envelope(0, 0).receivedAt;
    const [noon, dawn] = [3_000_000, 7_000_000].map((index) => fast.envelope(index, 0));
    expect((noon?.receivedAt ?? 0) - start).toBeLessThan(60_000);
    expect((dawn?.receivedAt ?? 0) - start).toBe(60_000);
    expect(noon?.gameTime).toBe(world.envelope(3_000_000, 0).gameTime);
  });

  test("few play much, and most play little", () => {
    const counts = new Map<number, number>();
    const small = worldWith(42, { activePerDay: 20_000, players: 100_000 });
    for (let index = 0; index < 20_000; index++) {
      const { id } = small.envelope(index, 0).player;
      counts.set(id, (counts.get(id) ?? 0) + 1);
      expect(id).toBeLessThan(100_000);
    }
    const sorted = [...counts.values()].toSorted((a, b) => b - a);
    const topHundredth = sumOf(sorted.slice(0, sorted.length / 100));
    expect(topHundredth / 20_000).toBeGreaterThan(0.15);
    expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThanOrEqual(2);
  });

  test.each([15_485_863, 30_971_726, 400_000_000])("%d players have as many ids", (players) => {
    const other = worldWith(42, { players, activePerDay: 1_000 });
    const ids = Array.from({ length: 400 }, (_, index) => other.envelope(index, 0).player.id);
    expect(new Set(ids).size).toBeGreaterThan(150);
  });

  test("a day has the events that its crowd makes, whatever a fact's size", () => {
    for (const factBytes of [10_000, 40_000, 200_000]) {
      const other = worldWith(42, { factBytes, activePerDay: 10_000, players: 100_000 });
      let facts = 0;
      while (other.envelope(facts, 0).gameDay === 0) facts += 1;
      const some = Array.from({ length: 96 }, (_, index) => other.fact(index));
      const events = sumOf(some.flatMap(({ runs }) => runs.map((run) => run.events.length))) / 96;
      const ratio = (facts * events) / (10_000 * DEFAULT_PROFILE.eventsPerPlayer);
      expect(Math.abs(ratio - 1)).toBeLessThan(0.05);
    }
  });

  test("a player is the same person in all their facts", () => {
    const people = new Map<number, string>();
    const small = worldWith(42, { activePerDay: 50, players: 200 });
    for (let index = 0; index < 2_000; index++) {
      const { player, device, build } = small.envelope(index, 0);
      const { id, level, ...rest } = player;
      expect(level).toBeLessThanOrEqual(80);
      const person = JSON.stringify({ rest, device, build });
      expect(people.get(id) ?? person).toBe(person);
      people.set(id, person);
    }
    expect(people.size).toBeGreaterThan(50);
  });
});
