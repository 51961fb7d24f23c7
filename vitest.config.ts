import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["{src,schemas,generators}/**/*.test.ts"],
    globalSetup: "src/testing/build.ts",
    reporters: ["default", "./src/testing/summary-reporter.ts"],
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
