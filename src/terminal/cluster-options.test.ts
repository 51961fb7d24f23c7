import { expect, test } from "vitest";
import { withoutSecrets } from "./cluster-options.js";

test("passwords are not told, wherever in a URL they stand", () => {
  expect(
    ["nats://me:secret@first:4222", "postgres://h/db?user=me&password=secret&x=1"].map(
      withoutSecrets,
    ),
  ).toEqual(["nats://***@first:4222", "postgres://h/db?user=me&password=***&x=1"]);
  for (const word of ["--password=x", "import=2", "sqlite:a.db?mode=ro", "./a@b"]) {
    expect(withoutSecrets(word)).toBe(word);
  }
});
