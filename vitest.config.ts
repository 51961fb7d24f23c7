import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["{src,schemas,generators,bench}/**/*.test.ts"],
    testTimeout: 60_000,
  },
});
