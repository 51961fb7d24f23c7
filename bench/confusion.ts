import { borderless } from "../src/report/layout.js";

/** What truly binds, and what was answered. */
export type Truth = "CPU" | "IO";
export type Answer = Truth | "balanced" | "inconclusive";

/** How far the ceilings are from each other. */
const BANDS = ["over 10 %", "5 to 10 %", "under 5 %"] as const;
export type Band = (typeof BANDS)[number];

/** How often each answer was given, by whom, for each truth. */
export class Confusion {
  /** @param rivals who else was asked */
  constructor(private readonly rivals: readonly string[]) {}

  private readonly counts = new Map<string, number>();

  add(who: string, band: string, truth: Truth, answer: Answer): void {
    const key = [who, band, truth, answer].join("|");
    this.counts.set(key, (this.counts.get(key) ?? 0) + 1);
  }

  of(who: string, band: string, truth: Truth, answer: Answer): number {
    return this.counts.get([who, band, truth, answer].join("|")) ?? 0;
  }

  /** The share of right verdicts of this tool in a band. */
  right(band: string): number {
    let right = 0;
    let all = 0;
    for (const truth of ["CPU", "IO"] as const) {
      for (const answer of ["CPU", "IO", "balanced", "inconclusive"] as const) {
        const count = this.of("hellfact", band, truth, answer);
        all += count;
        if (answer === truth || (band !== "over 10 %" && answer === "balanced")) right += count;
      }
    }
    return all === 0 ? 1 : right / all;
  }

  /** How many verdicts of this tool named the wrong one. */
  confidentlyWrong(band: string): number {
    return this.of("hellfact", band, "CPU", "IO") + this.of("hellfact", band, "IO", "CPU");
  }

  print(): void {
    const answers = ["CPU", "IO", "balanced", "inconclusive"] as const;
    const table = borderless({
      gap: 2,
      colAligns: ["left", "left", "left", "right", "right", "right", "right", "right"],
    });
    table.push(["ceilings differ by", "truth", "judged by", ...answers, "right"]);
    for (const band of BANDS) {
      for (const truth of ["CPU", "IO"] as const) {
        for (const who of ["hellfact", ...this.rivals]) {
          const counts = answers.map((answer) => this.of(who, band, truth, answer));
          const all = counts.reduce((sum, count) => sum + count, 0);
          const right =
            this.of(who, band, truth, truth) +
            (band === "over 10 %" ? 0 : this.of(who, band, truth, "balanced"));
          if (all > 0) {
            table.push([
              band,
              truth,
              who,
              ...counts.map(String),
              `${((right / all) * 100).toFixed(1)} %`,
            ]);
          }
        }
      }
    }
    console.log(`${table.toString()}\n`);
  }
}
