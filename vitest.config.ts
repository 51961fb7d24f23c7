import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["{src,schemas,generators}/**/*.test.ts"],
    globalSetup: "src/testing/build.ts",
    reporters: ["default", "./src/testing/summary-reporter.ts"],
    // Most tests wait for processes that they started: one at a time would leave cores idle.
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
