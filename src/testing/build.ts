import { execFileSync } from "node:child_process";

/** Builds `dist/`, because tests that start processes start what users start. */
export default function setup(): void {
  execFileSync("npm", ["run", "--silent", "build"], { stdio: "inherit" });
}
