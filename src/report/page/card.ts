/** What stands out on a first screen. */
import { markup, type Markup } from "./markup.js";

/** A figure that stands out. */
export function card(title: string, figure: string, detail: string): Markup {
  return markup`<div class="card"><p class="name">${title}</p><p class="figure">${figure}</p><p>${detail}</p></div>\n`;
}

/** The date of a time stamp, or what stands there if it is none. */
export function day(createdAt: string): string {
  return /^\d{4}-\d\d-\d\d/.exec(createdAt)?.[0] ?? createdAt;
}
