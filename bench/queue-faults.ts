/**
 * A queue over a cluster while workers are frozen past their lease, killed and cut off, and the coordinator is killed
 * and begins again: no more jobs may be alive at once than there are permits, and every output must be there, whole,
 * and of one process.
 *
 *   npm run bench:queue-faults [-- jobs [permits [seconds between faults]]]
 */
import { fileURLToPath } from "node:url";
import { ownNats } from "../src/testing/nats.js";
import { queueUnderFaults } from "../src/testing/queue-faults.js";

const JOBS = Number(process.argv[2] ?? 120);
const PERMITS = Number(process.argv[3] ?? 4);
const EVERY_SECONDS = Number(process.argv[4] ?? 2.5);

const nats = await ownNats();
if (typeof nats === "string") throw new Error(nats);
try {
  const outcome = await queueUnderFaults({
    nats,
    main: fileURLToPath(new URL("../src/cli/main.js", import.meta.url)),
    ...{ jobs: JOBS, permits: PERMITS, everySeconds: EVERY_SECONDS, coordinatorKills: 3 },
    say: (fault) => process.stderr.write(`${fault} `),
  });
  const { faults, seconds, begun, mostAtOnce, outputs, whole } = outcome;
  console.log(
    `\n${JOBS} jobs in ${Math.round(seconds)} s, begun ${begun} times, with ${faults.kill} workers killed, ` +
      `${faults.freeze} frozen, ${faults.cut} cut off, and ${faults.coordinator} coordinators killed.`,
  );
  console.log(`At most ${mostAtOnce} were alive at once, of ${PERMITS} permits.`);
  const isWell = mostAtOnce <= PERMITS && outputs === JOBS && whole === JOBS;
  console.log(
    isWell
      ? "Every output is in its place, whole, and of one process."
      : `Something is wrong: ${outputs} outputs, ${whole} of them whole.`,
  );
  process.exitCode = isWell ? 0 : 1;
} finally {
  await nats.end();
}
