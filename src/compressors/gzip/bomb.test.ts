import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { openEngine as nodeZlib } from "./node-zlib.js";

const MEGABYTE = 1e6;

test("a member that inflates without end is stopped at the limit, and said so", () => {
  const bomb = gzipSync(Buffer.alloc(10 * MEGABYTE));
  expect(bomb.length).toBeLessThan(20_000);
  expect(() => nodeZlib(MEGABYTE)(bomb)).toThrow("inflates to more than 1000000 bytes");
  expect(nodeZlib(20 * MEGABYTE)(bomb)).toHaveLength(10 * MEGABYTE);
});

test("also by the other engine, where it is there", async ({ skip }) => {
  const other = await import("./zlib-sync.js").catch(() => undefined);
  if (other === undefined) return skip("zlib-sync does not load here");
  const bomb = gzipSync(Buffer.alloc(10 * MEGABYTE));
  expect(() => other.openEngine(MEGABYTE)(bomb)).toThrow("inflates to more than 1000000 bytes");
});
