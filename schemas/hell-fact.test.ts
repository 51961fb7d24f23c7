import { expect, test } from "vitest";
import type { JsonSchema } from "../src/core/json-schema.js";
import { avroFromJsonSchema } from "../src/schema/avro.js";
import { protoFromJsonSchema } from "../src/schema/proto.js";
import { hellFactSchema } from "./hell-fact.js";

// `npm test -- --update` writes the derived files anew.

test("the JSON Schema beside the definition is derived from it as it stands", async () => {
  const text = `${JSON.stringify(hellFactSchema, null, 2)}\n`;
  await expect(text).toMatchFileSnapshot("hell-fact.schema.json");
});

test("the .proto beside the definition is derived from it as it stands", async () => {
  const proto = protoFromJsonSchema(hellFactSchema as unknown as JsonSchema);
  await expect(proto).toMatchFileSnapshot("hell-fact.proto");
});

test("the .avsc beside the definition is derived from it as it stands", async () => {
  const avsc = avroFromJsonSchema(hellFactSchema as unknown as JsonSchema);
  await expect(`${JSON.stringify(avsc, null, 2)}\n`).toMatchFileSnapshot("hell-fact.avsc");
});
