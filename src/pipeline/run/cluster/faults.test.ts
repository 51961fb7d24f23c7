import { resolve } from "node:path";
import { expect, test } from "vitest";
import { underFaults } from "../../../testing/cluster-faults.js";
import { ownNats } from "../../../testing/nats.js";

/** The short form of `npm run bench:cluster-faults`, with one server. */
test("a cluster makes the bytes of one machine while its parts die, freeze and are cut off", async ({
  skip,
}) => {
  const nats = await ownNats();
  if (typeof nats === "string") {
    skip(nats);
    return;
  }
  try {
    const { faults, sha256, expected, ...outcome } = await underFaults({
      nats,
      servers: 1,
      main: resolve(import.meta.dirname, "../../../../dist/src/cli/main.js"),
      words: [
        ...["--facts", "2000", "--fact-size", "4KB", "--roll", "80KB", "--sync", "none"],
        ...["--inject", "write=1ms"],
      ],
      workers: 2,
      leaseSeconds: 1,
      faults: ["kill", "coordinator", "server", "freeze", "cut"],
      everySeconds: 0.7,
      rounds: 1,
      coordinatorKills: 1,
    });
    expect(outcome).toMatchObject({ problems: [], leftOver: [], parts: 100 });
    expect(sha256).toBe(expected);
    expect(faults.kill).toBeGreaterThan(0);
  } finally {
    await nats.end();
  }
});
