import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import { defineConfig } from "vitest/config";

const TYPEBOX = resolve(import.meta.dirname, "dist/src/core/typebox.js");

export default defineConfig({
  // As built: its hundreds of modules would be loaded again for each file of tests.
  resolve: { alias: [{ find: /^.*\/core\/typebox\.js$/, replacement: TYPEBOX }] },
  test: {
    include: ["{src,schemas,generators}/**/*.test.ts"],
    globalSetup: "src/testing/build.ts",
    reporters: ["default", "./src/testing/summary-reporter.ts"],
    // Most tests wait for processes that they started: one for each core would leave cores idle.
    maxWorkers: 2 * availableParallelism(),
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
