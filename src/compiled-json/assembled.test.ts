import { expect, test } from "vitest";
import { machine } from "./reader/machine.js";
import { doubles } from "./writer/doubles-code.js";
import { scan } from "./writer/scan-code.js";

const line = (name: string, module: Uint8Array) =>
  `export const ${name} =\n  "${Buffer.from(module).toString("base64")}";\n`;

// `npm test -- --update` writes the file anew.
test("the assembled modules are what the generators assemble", async () => {
  await expect(
    [
      "/** WebAssembly assembled beforehand, in base64, because assembling takes longer than all else at opening. */\n",
      line("MACHINE", machine()),
      line("DOUBLES", doubles()),
      line("SCAN", scan()),
    ].join(""),
  ).toMatchFileSnapshot("assembled.ts");
});
