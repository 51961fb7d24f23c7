import type { Case, Category } from "../case.js";

const RUN = "run --facts 60 --fact-size 4KB --roll 20KB --workers 2 --quiet";

/** Several processes that want the same folder at once: one may have it, and what is there is whole. */
const category: Category = {
  name: "races",
  cases: () =>
    [2, 3, 4].flatMap((count) => {
      const wait = "wait; hellfact verify x --quiet";
      const twice = Array.from(
        { length: count },
        () => `hellfact ${RUN} --sink file:x 2>/dev/null >&2 &`,
      );
      const resumed = Array.from(
        { length: count },
        () => "hellfact run --resume x --quiet 2>/dev/null >&2 &",
      );
      const written = Array.from(
        { length: count },
        () => "hellfact generate --facts 20 --output x --quiet &",
      );
      return [
        { shell: `${twice.join(" ")} ${wait}`, exits: [0] },
        {
          shell: `hellfact ${RUN} --sink file:x >/dev/null; rm x/part-*0.ndjson; ${resumed.join(" ")} ${wait}`,
          exits: [0],
        },
        { shell: `${written.join(" ")} wait; hellfact infer x --quiet`, exits: [0], lines: 9 },
      ] satisfies Case[];
    }),
};
export default category;
