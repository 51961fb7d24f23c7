/** TypeBox in one file, without its checks of formats such as `email`: no schema of documents has one. */
const NO_FORMATS =
  "export const Format = { Has: () => false, Get: () => undefined, Test: () => true };";

export default {
  input: "src/core/typebox.ts",
  output: { file: "dist/src/core/typebox.js", format: "esm", minify: true },
  plugins: [
    {
      name: "without formats",
      load: (id) => (id.endsWith("/typebox/build/format/index.mjs") ? NO_FORMATS : null),
    },
  ],
};
