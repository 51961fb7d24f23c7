/** What the report page does beyond being read. Without it everything can still be read. */
import { makeChoice } from "./choose.js";
import { makeCopies } from "./copy.js";
import { makeDisk } from "./disk.js";
import { makeLive } from "./live.js";
import { makeSortable } from "./sort.js";

for (const table of document.querySelectorAll<HTMLTableElement>("table.sortable")) {
  makeSortable(table);
}
for (const boxes of document.querySelectorAll<HTMLFieldSetElement>("fieldset.codecs")) {
  makeChoice(boxes);
}
for (const panel of document.querySelectorAll<HTMLElement>(".disk")) makeDisk(panel);
for (const figure of document.querySelectorAll<HTMLElement>("figure")) makeCopies(figure);
for (const status of document.querySelectorAll<HTMLElement>("#live")) makeLive(status);
