/**
 * A run over a cluster while workers are killed, frozen past their lease and cut off, the three servers
 * are killed one at a time, and the coordinator is killed and resumed: nothing may be lost, nothing
 * doubled, and the bytes must be those that one machine makes.
 *
 *   npm run bench:cluster-faults [-- ranges [facts of a range [seconds between faults]]]
 */
import { fileURLToPath } from "node:url";
import { underFaults } from "../src/testing/cluster-faults.js";
import { ownNats } from "../src/testing/nats.js";

const RANGES = Number(process.argv[2] ?? 10_000);
const FACTS_PER_RANGE = Number(process.argv[3] ?? 20);
const EVERY_SECONDS = Number(process.argv[4] ?? 2);
const FACT_BYTES = 4000;
const SERVERS = 3;

const nats = await ownNats(SERVERS);
if (typeof nats === "string") throw new Error(nats);
try {
  const outcome = await underFaults({
    nats,
    servers: SERVERS,
    main: fileURLToPath(new URL("../src/cli/main.js", import.meta.url)),
    words: [
      ...["--facts", String(RANGES * FACTS_PER_RANGE), "--fact-size", "4KB", "--sync", "none"],
      ...["--roll", `${FACTS_PER_RANGE * FACT_BYTES}B`],
    ],
    workers: 4,
    leaseSeconds: 2,
    faults: ["kill", "freeze", "kill", "server", "kill", "coordinator", "kill", "cut"],
    everySeconds: EVERY_SECONDS,
    coordinatorKills: 2,
    say: (fault) => process.stderr.write(`${fault} `),
  });
  const { faults, seconds, parts, incidents, sha256, expected, problems, leftOver } = outcome;
  console.log(
    `\n${parts} ranges in ${Math.round(seconds)} s, with ${faults.kill} workers killed, ` +
      `${faults.freeze} frozen, ${faults.cut} cut off, ${faults.server} servers and ` +
      `${faults.coordinator} coordinators killed; ${incidents} ranges were told to be done again.`,
  );
  console.log(`cluster      ${sha256}\none machine  ${expected}`);
  const isWhole = sha256 === expected && problems.length === 0 && leftOver.length === 0;
  console.log(
    isWhole
      ? "Nothing was lost, nothing doubled, and the bytes are the same."
      : `Something is wrong: ${[...problems, ...leftOver].slice(0, 5).join("; ")}`,
  );
  process.exitCode = isWhole ? 0 : 1;
} finally {
  await nats.end();
}
