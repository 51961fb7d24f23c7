import { existsSync } from "node:fs";
import { chromium, type Browser } from "playwright-core";

const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** A Chromium of this machine, if it has one. Tests that need it skip where there is none. */
export const chromiumPath: string | undefined = [
  ...(process.env["CHROMIUM"] === undefined ? [] : [process.env["CHROMIUM"]]),
  ...PLACES,
].find((path) => existsSync(path));

/** Starts it without a window. */
export function startBrowser(executablePath: string): Promise<Browser> {
  // Inside containers there is mostly no room for its sandbox, and it opens only our own pages.
  return chromium.launch({ executablePath, args: ["--no-sandbox"] });
}
