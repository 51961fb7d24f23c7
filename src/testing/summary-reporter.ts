import type { Reporter, TestModule } from "vitest/node";

/** Ends the output with one plain line that any machine can read: `412 passed, 0 failed`. */
export default class SummaryReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    const counts = { passed: 0, failed: unhandled.length, skipped: 0 };
    for (const testModule of modules) {
      if (testModule.state() === "failed") {
        const tests = [...testModule.children.allTests("failed")];
        if (tests.length === 0) counts.failed += 1; // the file itself did not run
      }
      for (const test of testModule.children.allTests()) {
        const { state } = test.result();
        if (state !== "pending") counts[state] += 1;
      }
    }
    const skipped = counts.skipped === 0 ? "" : `, ${counts.skipped} skipped`;
    console.log(`${counts.passed} passed, ${counts.failed} failed${skipped}`);
  }
}
