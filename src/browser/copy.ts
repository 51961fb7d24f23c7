/** Lets a reader take a chart along: as SVG or PNG, or its figures as CSV where a table of them follows. */
export function makeCopies(figure: HTMLElement): void {
  const tools = document.createElement("p");
  tools.className = "copy";
  const status = document.createElement("span");
  status.setAttribute("role", "status");
  const name = nameOf(figure);
  const add = (label: string, work: () => Promise<void> | void) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = label;
    button.setAttribute("aria-label", `${label} of ${name}`);
    button.addEventListener("click", () => {
      void Promise.resolve(work()).then(
        () => (status.textContent = `${label} saved.`),
        () => (status.textContent = `${label} could not be made here.`),
      );
    });
    tools.append(button);
  };
  add("SVG", () => {
    const svg = shownChart(figure);
    if (svg !== undefined)
      saveAs(`${name}.svg`, new Blob([svgText(svg)], { type: "image/svg+xml" }));
  });
  add("PNG", async () => {
    const svg = shownChart(figure);
    if (svg !== undefined) saveAs(`${name}.png`, await pngOf(svg));
  });
  const table = tableNear(figure);
  if (table !== undefined) {
    add("CSV", () => saveAs(`${name}.csv`, new Blob([csvOf(table)], { type: "text/csv" })));
  }
  tools.append(status);
  figure.append(tools);
}

function nameOf(figure: HTMLElement): string {
  return figure.querySelector("svg > title")?.textContent.slice(0, 60).trim() ?? "chart";
}

/** Of the chart for wide and the one for narrow screens, the one that is shown. */
function shownChart(figure: HTMLElement): SVGSVGElement | undefined {
  const all = [...figure.querySelectorAll<SVGSVGElement>("svg")];
  return all.find((svg) => svg.getBoundingClientRect().width > 0) ?? all[0];
}

/** The chart as a file of its own, in the colours that it has here. */
function svgText(svg: SVGSVGElement): string {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const style = getComputedStyle(svg);
  const ground = getComputedStyle(document.body).backgroundColor;
  copy.setAttribute(
    "style",
    `color:${style.color};background:${ground};--ground:${ground};font:12px sans-serif`,
  );
  return new XMLSerializer().serializeToString(copy);
}

async function pngOf(svg: SVGSVGElement): Promise<Blob> {
  const { width, height } = svg.getBoundingClientRect();
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svgText(svg))}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [width * 2, height * 2];
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((done, failed) => {
    canvas.toBlob((blob) => (blob === null ? failed(new Error("no picture")) : done(blob)));
  });
}

function tableNear(figure: HTMLElement): HTMLTableElement | undefined {
  return figure.closest("section")?.querySelector("table") ?? undefined;
}

function csvOf(table: HTMLTableElement): string {
  const quoted = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return [...table.rows]
    .map((row) => [...row.cells].map((cell) => quoted(cell.textContent.trim())).join(","))
    .join("\n");
}

function saveAs(name: string, blob: Blob): void {
  const link = document.createElement("a");
  link.download = name.replaceAll(/[^\w.-]+/g, "-");
  link.href = URL.createObjectURL(blob);
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
