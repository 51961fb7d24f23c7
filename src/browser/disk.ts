/** Judges every write again on the disk that a slider chooses, and shows it on the roofline. */
import { significant } from "../report/numbers.js";
import { bindsAt, rateAt, type Maker } from "../verdict/model.js";

interface DiskData {
  readonly stepsPerDecade: number;
  readonly words: Readonly<Record<"codec" | "write" | "balanced", string>>;
  readonly roofs: readonly (Maker & { readonly name: string; readonly overlap: number })[];
}

/** Makes a slider work. The page has put what it needs beside it. */
export function makeDisk(panel: HTMLElement): void {
  const input = panel.querySelector("input");
  const output = panel.querySelector("output");
  const judged = panel.querySelector(".judged");
  const around = panel.parentElement;
  if (input === null || output === null || judged === null || around === null) return;
  const data = JSON.parse(panel.querySelector("script")?.textContent ?? "{}") as DiskData;
  const marks = [...around.querySelectorAll<SVGSVGElement>("svg[data-x]")].map(makeMark);

  const show = () => {
    const bytesPerSecond = 10 ** (Number(input.value) / data.stepsPerDecade);
    const megabytes = `${significant(bytesPerSecond / 1e6)} MB/s`;
    output.textContent = megabytes;
    input.setAttribute("aria-valuetext", megabytes);
    judged.textContent = sentence(data, bytesPerSecond);
    for (const cell of around.querySelectorAll("[data-disk]")) {
      cell.textContent = significant(bytesPerSecond / 1e6);
    }
    for (const [index, roof] of data.roofs.entries()) {
      const rate = around.querySelector(`[data-rate="${index}"]`);
      if (rate !== null) rate.textContent = significant(rateAt(roof, bytesPerSecond, roof.overlap));
      const binds = around.querySelector(`[data-binds="${index}"]`);
      if (binds !== null) binds.textContent = data.words[bindsAt(roof, bytesPerSecond)];
    }
    for (const move of marks) move(bytesPerSecond / 1e6, data);
  };
  panel.hidden = false;
  input.addEventListener("input", show);
  show();
}

/** What the disk does to the field: who is fastest, and who is bound by what. */
function sentence({ roofs, words }: DiskData, bytesPerSecond: number): string {
  const [best] = roofs.toSorted(
    (a, b) => rateAt(b, bytesPerSecond, b.overlap) - rateAt(a, bytesPerSecond, a.overlap),
  );
  if (best === undefined) return "";
  const rate = significant(rateAt(best, bytesPerSecond, best.overlap));
  const groups = (["write", "balanced", "codec"] as const).flatMap((kind) => {
    const names = roofs.filter((roof) => bindsAt(roof, bytesPerSecond) === kind);
    return names.length === 0
      ? []
      : [`${words[kind]}: ${names.map(({ name }) => name).join(", ")}`];
  });
  return `Most facts by ${best.name}, ${rate} facts/s. ${groups.join(". ")}.`;
}

/** A line on a chart for the disk that is tried; returns how to move it. */
function makeMark(svg: SVGSVGElement): (megabytes: number, data: DiskData) => void {
  const [x, y] = [axisOf(svg, "x"), axisOf(svg, "y")];
  const group = document.createElementNS("http://www.w3.org/2000/svg", "g");
  group.setAttribute("class", "what-if");
  svg.append(group);
  return (megabytes, { roofs }) => {
    const place = x(megabytes);
    const line = shape("line", { x1: place, x2: place, ...span(svg), "stroke-width": 2 });
    const dots = roofs.map((roof) =>
      shape("circle", { cx: place, cy: y(rateAt(roof, megabytes * 1e6, roof.overlap)), r: 3.5 }),
    );
    group.replaceChildren(line, ...dots);
  };
}

/** From a value to its place in pixels, on the logarithmic axis that the page tells of. */
function axisOf(svg: SVGSVGElement, axis: "x" | "y"): (value: number) => number {
  const told = svg.getAttribute(`data-${axis}`) ?? "1 10 0 1";
  const [low = 1, high = 10, from = 0, to = 1] = told.split(" ").map(Number);
  return (value) => from + ((to - from) * Math.log(value / low)) / Math.log(high / low);
}

function span(svg: SVGSVGElement) {
  const [, , y1 = 0, y2 = 0] = (svg.getAttribute("data-y") ?? "").split(" ").map(Number);
  return { y1, y2 };
}

function shape(name: string, attributes: Readonly<Record<string, number>>): SVGElement {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  return element;
}
