import { borderless, wrapped } from "../../../report/layout.js";
import type { TextLayout } from "./text-layout.js";

/** A layout for text of any signs. */
export const anyLayout: TextLayout = {
  wrapped,
  table: (rows, { gap, aligns }) => {
    const table = borderless({ gap, colAligns: [...aligns] });
    table.push(...rows.map((row) => [...row]));
    return table.toString().split("\n");
  },
};
