/** On a page that is served: says what is being measured, and renews the page when a document has arrived. */
export function makeLive(status: HTMLElement): void {
  const address = status.dataset["events"];
  if (address === undefined) return;
  const events = new EventSource(address);
  events.addEventListener("progress", ({ data }) => {
    const text = String(data);
    status.textContent = text === "" ? "Nothing is being measured now." : text;
    status.classList.toggle("busy", text !== "");
  });
  // The reader's place on the page stays.
  events.addEventListener("document", () => location.reload());
}
