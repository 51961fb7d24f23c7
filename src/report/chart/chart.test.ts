import { describe, expect, test } from "vitest";
import { stackSvg } from "./stack.js";
import { chartSvg } from "./svg.js";
import { chartText } from "./text.js";
import { ticks, type Chart } from "./chart.js";

const chart: Chart = {
  title: "facts/s against disk bandwidth",
  x: { label: "disk bandwidth, MB/s", scale: "log" },
  y: { label: "facts/s", scale: "log" },
  lines: [
    {
      name: "json",
      points: [
        [10, 250],
        [100, 2500],
        [1000, 2500],
      ],
    },
    {
      name: "<script>alert(1)</script>",
      points: [
        [10, 900],
        [1000, 900],
      ],
    },
  ],
  marks: [{ x: 300, label: "this machine" }],
};

describe("in a terminal", () => {
  const lines = chartText(chart, { colors: false }).split("\n");

  test("it fits a screen of 100 columns, and says what each letter and mark is", () => {
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(100);
    expect(lines).toContain("  a json");
    expect(lines).toContain("  ┃ this machine");
  });

  test("a line rises to the right, and another one is level", () => {
    const rows = lines.filter((line) => /[│┤]/.test(line));
    const first = (letter: string) => rows.findIndex((row) => row.includes(letter));
    const last = (letter: string) => rows.findLastIndex((row) => row.includes(letter));
    expect(last("a") - first("a")).toBeGreaterThan(10);
    expect(last("b")).toBe(first("b"));
    expect(rows[last("a")]?.indexOf("a")).toBeLessThan(rows[first("a")]?.indexOf("a") ?? 0);
  });

  test("every row is as long as the others, whatever stands at the axis", () => {
    const frame = lines.slice(
      2,
      lines.findIndex((line) => line.includes("└")),
    );
    expect(new Set(frame.map((row) => row.search(/[▲│┤]/))).size).toBe(1);
  });

  test("a line of one point, and one that is level, are drawn", () => {
    const axis = { label: "n", scale: "linear" } as const;
    const drawn = (points: [number, number][]) =>
      chartText(
        { ...chart, marks: [], x: axis, y: axis, lines: [{ name: "one", points }] },
        { colors: false },
      );
    expect(drawn([[5, 5]]).match(/[│┤] *a *$/gm)).toHaveLength(1);
    expect(
      drawn([
        [0, 5],
        [9, 5],
      ]).match(/a{70}/g),
    ).toHaveLength(1);
  });

  test("nothing to draw is said", () => {
    expect(chartText({ ...chart, lines: [] }, { colors: false })).toContain("nothing to draw");
  });
});

describe("as SVG", () => {
  const svg = chartSvg(chart);

  test("it stands alone and has a title", () => {
    expect(svg).toMatch(/^<svg[^>]* xmlns="http:\/\/www.w3.org\/2000\/svg"/);
    expect(svg).toContain(`<title>${chart.title}</title>`);
  });

  test("names are text, never markup", () => {
    expect(svg).not.toContain("<script");
    expect(svg).toContain("&lt;script&gt;");
  });

  test("every line is drawn", () => {
    expect(svg.match(/class="line"/g)).toHaveLength(2);
  });
});

test.each([
  ["log", 8, 5000, 8, [10, 30, 100, 300, 1000, 3000]],
  ["log", 250, 2500, 8, [500, 1000, 2000]],
  ["log", 33_000, 39_900, 8, [34_000, 36_000, 38_000]],
  ["linear", 0, 100, 6, [0, 20, 40, 60, 80, 100]],
  ["linear", 3, 3, 6, [3]],
] as const)("%s axes have round labels", (scale, low, high, most, expected) => {
  expect(ticks(low, high, scale, most)).toEqual(expected);
});

test("a chart without a line has axes all the same", () => {
  expect(chartSvg({ ...chart, lines: [], marks: [] })).not.toMatch(/Infinity|NaN/);
});

test("a stack of nothing has an axis all the same", () => {
  const empty = { title: "where time goes", label: "s", parts: ["a"], bars: [], markLabel: null };
  expect(stackSvg(empty)).not.toMatch(/Infinity|NaN/);
});

test("every label of a logarithmic axis is drawn, however many there are", () => {
  const points = [250, 80_000].map((y, x) => [x + 1, y] as const);
  const svg = chartSvg({ ...chart, lines: [{ name: "a", points }], marks: [] });
  const labels = [...svg.matchAll(/>(\d+)<\/text>/g)].map(([, label]) => Number(label));
  expect(labels).toEqual(expect.arrayContaining([500, 1000, 2000, 5000, 10_000, 20_000, 50_000]));
});
