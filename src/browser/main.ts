/** What the report page does beyond being read. Without it everything can still be read. */
import { makeChoice } from "./choose.js";
import { makeDisk } from "./disk.js";
import { makeSortable } from "./sort.js";

for (const table of document.querySelectorAll<HTMLTableElement>("table.sortable")) {
  makeSortable(table);
}
for (const boxes of document.querySelectorAll<HTMLFieldSetElement>("fieldset.codecs")) {
  makeChoice(boxes);
}
for (const panel of document.querySelectorAll<HTMLElement>(".disk")) makeDisk(panel);
