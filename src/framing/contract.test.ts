import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Slab } from "../core/slab.js";
import { loadPlugin, pluginNames } from "../plugins/catalog.js";

const framings = await Promise.all(
  pluginNames("framing").map((name) => loadPlugin("framing", name)),
);

/** Records as JSON would leave them: not empty, and without a newline. */
const records = fc.array(
  fc
    .uint8Array({ minLength: 1, maxLength: 300 })
    .map((bytes) => bytes.map((b) => (b === 10 ? 11 : b))),
  { maxLength: 20 },
);

describe.each(framings.map((framing) => [framing.name, framing] as const))(
  "%s",
  (name, framing) => {
    function framed(all: readonly Uint8Array[]): Buffer {
      const slab = new Slab(1);
      for (const record of all) {
        const start = framing.begin(slab);
        slab.bytes(record);
        framing.end(slab, start);
      }
      return Buffer.from(slab.buffer.subarray(0, slab.position));
    }

    test("is called as its file is", () => {
      expect(pluginNames("framing")).toContain(name);
    });

    test("gives every record back", () => {
      fc.assert(
        fc.property(records, (all) => {
          expect([...framing.split(framed(all))].map((one) => Buffer.from(one))).toEqual(
            all.map((one) => Buffer.from(one)),
          );
        }),
      );
    });

    test("refuses a batch that ends inside a record, and says where that one starts", () => {
      const whole = framed([Buffer.from("first"), Buffer.from("second")]);
      const firstEnds = framed([Buffer.from("first")]).length;
      for (let end = firstEnds + 1; end < whole.length; end++) {
        expect(() => [...framing.split(whole.subarray(0, end))]).toThrow(
          expect.objectContaining({ name: "DataError", offset: firstEnds }),
        );
      }
    });
  },
);
