/** Facts as JSON on their way into messages: one a message, or lines of several. */

/** Lines of a message, where several are in one. */
const BATCH_BYTES = 64_000;

export class MessageBatch {
  private readonly most: number;
  private lines: string[] = [];
  private length = 0;

  /**
   * @param unit whether facts go together, so many lines as are about `BATCH_BYTES`, or each alone
   * @param mostBytes what a message may be
   */
  constructor(
    private readonly unit: "fact" | "batch",
    mostBytes: number,
  ) {
    this.most = unit === "fact" ? 0 : Math.min(BATCH_BYTES, mostBytes / 4);
  }

  get isEmpty(): boolean {
    return this.lines.length === 0;
  }

  /** Whether it is to be taken before another document is added. */
  isFullFor(document: string): boolean {
    return !this.isEmpty && this.length + document.length > this.most;
  }

  get isFull(): boolean {
    return this.length >= this.most;
  }

  add(document: string): void {
    this.lines.push(document);
    this.length += document.length;
  }

  /** The message, after which it is empty. */
  take(): Buffer {
    const text = this.unit === "fact" ? this.lines.join("") : `${this.lines.join("\n")}\n`;
    this.lines = [];
    this.length = 0;
    return Buffer.from(text);
  }
}
