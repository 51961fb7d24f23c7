/** Prints the SHA-256 of the first thousand facts, as lines of JSON without a newline at the end. */
import { createHash } from "node:crypto";
import { World } from "../generators/world.js";

const world = new World(42);
const lines = Array.from({ length: 1000 }, (_, index) => JSON.stringify(world.fact(index)));
console.log(createHash("sha256").update(lines.join("\n")).digest("hex"));
