/** Builds what npm installs from a folder or from git; not what `prepack` has just built and trimmed. */
import { execSync } from "node:child_process";

const packs = ["pack", "publish"].includes(process.env["npm_command"] ?? "");
if (!packs) execSync("npm run build", { stdio: "inherit" });
