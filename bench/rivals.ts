/** What a user would write instead of `hellfact run`, each in a process of its own. */
import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import sonic from "sonic-boom";
import { World } from "../generators/world.js";

const [rival = "", facts = "0", path = ""] = process.argv.slice(2);
const world = new World(42);

function* lines(): Iterable<string> {
  for (let index = 0; index < Number(facts); index++) {
    yield `${JSON.stringify(world.fact(index))}\n`;
  }
}

async function write(): Promise<void> {
  switch (rival) {
    case "stream":
      return pipeline(Readable.from(lines()), createWriteStream(path));
    case "stream-gzip":
      return pipeline(Readable.from(lines()), createGzip({ level: 6 }), createWriteStream(path));
    case "sonic-boom": {
      const boom = new sonic.SonicBoom({ dest: path, minLength: 4096, sync: false });
      for (const line of lines()) {
        if (!boom.write(line)) await new Promise((drained) => boom.once("drain", drained));
      }
      boom.end();
      return new Promise((closed) => boom.once("close", () => closed()));
    }
    default:
      throw new Error(`no rival ${rival}`);
  }
}

const start = performance.now();
await write();
console.log((Number(facts) / (performance.now() - start)) * 1000);
