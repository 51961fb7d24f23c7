/** Lets a reader choose codecs: the others leave the tables, and become faint in the charts. */
export function makeChoice(boxes: HTMLFieldSetElement): void {
  const article = boxes.closest("article");
  boxes.hidden = false;
  boxes.addEventListener("change", () => {
    const chosen = new Set(
      [...boxes.querySelectorAll("input")].filter((box) => box.checked).map((box) => box.value),
    );
    for (const part of article?.querySelectorAll("[data-codec]") ?? []) {
      part.classList.toggle("off", !chosen.has(part.getAttribute("data-codec") ?? ""));
    }
  });
}
