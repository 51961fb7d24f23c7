import { InputError } from "../../../core/errors.js";
import type { Fact } from "../../../core/fact.js";
import { FactSummary } from "../../../summarise/fact-summary.js";
import { questionFromText, type Question } from "../../../summarise/index.js";
import { keepSketch } from "../part-sketch.js";
import type { MadeRange } from "../plan.js";

/** Sums up the facts of parts while they are written, and keeps a sketch beside each. */
export class PartSummary {
  private readonly question: Question;
  /** Of the open part; `undefined` where it cannot be summed up. */
  private summary: FactSummary | undefined;

  /** @param text of the question, as the plan has it */
  constructor(
    private readonly folder: string,
    text: string,
  ) {
    this.question = questionFromText(text);
  }

  begin(): void {
    this.summary = new FactSummary(this.question);
  }

  /** What cannot be summed up, such as too many groups, is no reason not to write it. */
  add(fact: Fact): void {
    try {
      this.summary?.add(fact);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      this.summary = undefined;
    }
  }

  /** The open part has all its facts. Returns what keeps its sketch, for when the part is in place. */
  end(): (part: MadeRange) => void {
    const { summary, folder } = this;
    this.summary = undefined;
    return (part) => {
      if (summary !== undefined && part.file !== null) keepSketch(folder, part, summary);
    };
  }
}
