/** Makes the heads of a table buttons that sort it. */
export function makeSortable(table: HTMLTableElement): void {
  const heads = [...(table.tHead?.rows[0]?.cells ?? [])];
  for (const [column, head] of heads.entries()) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      // Figures begin with the greatest, because that is mostly what is looked for.
      const first = head.className === "number" ? "descending" : "ascending";
      const second = first === "descending" ? "ascending" : "descending";
      const order = head.getAttribute("aria-sort") === first ? second : first;
      for (const other of heads) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", order);
      sortRows(table, column, order === "ascending" ? 1 : -1);
    });
  }
}

function sortRows(table: HTMLTableElement, column: number, sign: number): void {
  const body = table.tBodies[0];
  const isNumber = table.tHead?.rows[0]?.cells[column]?.className === "number";
  if (body === undefined) return;
  const text = (row: HTMLTableRowElement) => row.cells[column]?.textContent.trim() ?? "";
  const rows = [...body.rows].toSorted((a, b) => {
    const [left, right] = [text(a), text(b)];
    if (!isNumber) return sign * left.localeCompare(right, "en", { numeric: true });
    const [low, high] = [valueOf(left), valueOf(right)];
    if (Number.isNaN(low) && Number.isNaN(high)) return 0;
    // What has no figure stands last, whatever the order.
    if (Number.isNaN(low)) return 1;
    if (Number.isNaN(high)) return -1;
    return sign * (low - high);
  });
  body.append(...rows);
}

/** The figure that a cell begins with, whatever sign stands after it: `2820▲≈`, `1.26 M`, `+242`. */
function valueOf(text: string): number {
  const [, digits = "", unit = ""] = /^([+-]?[\d.]+)\s*([kMGT]?)/.exec(text) ?? [];
  return digits === "" ? NaN : Number(digits) * (UNITS[unit] ?? 1);
}
const UNITS: Readonly<Record<string, number>> = { k: 1e3, M: 1e6, G: 1e9, T: 1e12 };
