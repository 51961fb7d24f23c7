/** What a consumer gave out and nobody has acknowledged: by both its sequences, in runs of which few are needed. */
interface Run {
  readonly sequence: number;
  readonly consumerSequence: number;
  count: number;
}

export class Acks {
  private runs: Run[] = [];

  /** @param ack says of one message that it is done */
  constructor(private readonly ack: (sequence: number, consumerSequence: number) => void) {}

  /** Sequences grow. */
  add(sequence: number, consumerSequence: number): void {
    const last = this.runs.at(-1);
    if (
      last !== undefined &&
      sequence === last.sequence + last.count &&
      consumerSequence === last.consumerSequence + last.count
    ) {
      last.count += 1;
    } else this.runs.push({ sequence, consumerSequence, count: 1 });
  }

  /** Acknowledges what was given out from a sequence up to before another one, each once. */
  done(from: number, to: number): void {
    const left: Run[] = [];
    for (const { sequence, consumerSequence, count } of this.runs) {
      const begin = Math.min(Math.max(0, from - sequence), count);
      const end = Math.max(begin, Math.min(to - sequence, count));
      for (let at = begin; at < end; at += 1) this.ack(sequence + at, consumerSequence + at);
      if (begin > 0) left.push({ sequence, consumerSequence, count: begin });
      if (end < count) {
        left.push({
          sequence: sequence + end,
          consumerSequence: consumerSequence + end,
          count: count - end,
        });
      }
    }
    this.runs = left;
  }

  clear(): void {
    this.runs = [];
  }
}
