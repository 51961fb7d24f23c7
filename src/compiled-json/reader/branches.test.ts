import { expect, test } from "vitest";
import { branchOf, collect, type FindPath, type Found } from "./branches.js";

const key = (name: string) => ({ kind: "key", key: name }) as const;
const items = { kind: "items" } as const;

function valuesAt(value: unknown, ...paths: FindPath[]): Found {
  const found: Found = paths.map(() => []);
  collect(value, branchOf(paths), found);
  return found;
}

const LIST = [{ x: 1, y: 2 }, [{ x: 3 }], null, { x: null }, "x", {}, { x: { y: 4 } }];

test("of a list's items one key, and the items themselves", () => {
  expect(valuesAt({ list: LIST }, [key("list"), items, key("x")])).toEqual([[1, null, { y: 4 }]]);
  expect(valuesAt({ list: LIST }, [key("list"), items, key("x")], [key("list"), items])).toEqual([
    [1, null, { y: 4 }],
    LIST,
  ]);
});

test("of a list's items several keys, or what is further in", () => {
  expect(valuesAt(LIST, [items, key("x")], [items, key("y")])).toEqual([[1, null, { y: 4 }], [2]]);
  expect(valuesAt(LIST, [items, key("x")], [items, key("x")])).toEqual([
    [1, null, { y: 4 }],
    [1, null, { y: 4 }],
  ]);
  expect(valuesAt(LIST, [items, key("x"), key("y")])).toEqual([[4]]);
  expect(valuesAt(LIST, [items, items, key("x")])).toEqual([[3]]);
});

test.each(["toString", "constructor", "__proto__"])(
  "%s is a key where an object has one of its own",
  (name) => {
    const own = JSON.parse(`[{}, {"${name}": 1}]`) as unknown;
    expect(valuesAt(own, [items, key(name)])).toEqual([[1]]);
  },
);
