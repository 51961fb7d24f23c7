/** What publishing says, in sentences. */
import { bytes, percent, short, significant } from "../../../report/numbers.js";
import type { PublishDocument } from "../document.js";

/** Less of the time than this is not worth mending, and more than one less this is all there is. */
const LITTLE = 0.1;

export function publishHeadline({ published, stream }: PublishDocument): string {
  const { facts, present, wallSeconds } = published;
  const where = `stream ${stream.name} of ${stream.address}`;
  if (facts === 0 && present > 0) {
    return `All ${present} facts are in ${where} already: nothing was published.`;
  }
  return `Published ${facts} facts into ${where}, ${short(facts / wallSeconds)} facts/s.`;
}

/** Where more is kept of what is around facts than of facts, what would mend it. */
export function smallMessages({ published }: PublishDocument): string[] {
  const { unit, messages, encodedBytes, storedBytes } = published;
  if (unit === "batch" || messages === 0 || storedBytes < 2 * encodedBytes) return [];
  const [facts, kept] = [encodedBytes, storedBytes].map((all) => bytes(all / messages));
  return [
    `A fact of ${facts} takes ${kept} with what is around it: --unit batch puts lines of several into one message.`,
  ];
}

/** What holds it up, as far as that can be seen from here. */
export function whatHolds({ published }: PublishDocument): string[] {
  const { facts, wallSeconds, waitedSeconds, clientCpuSeconds } = published;
  if (facts === 0) return [];
  const waited = waitedSeconds / wallSeconds;
  const cores = significant(clientCpuSeconds / wallSeconds);
  if (waited < LITTLE) {
    return [
      `The client binds: it makes, writes and sends facts in one thread (${cores} cores used), and waited for acknowledgements ${percent(waited)} % of the time only.`,
    ];
  }
  const others = "the network, the server, or its disk";
  if (waited > 1 - LITTLE) {
    return [
      `Not the client binds, but ${others}: for ${percent(waited)} % of the time as much was in flight as may be.`,
    ];
  }
  return [
    `Client and server take turns: for ${percent(waited)} % of the time the client waited for ${others}, else it made, wrote and sent facts (${cores} cores used).`,
  ];
}

export function onceSentence({ published, stream }: PublishDocument): string {
  const { repeats, run } = published;
  const again = repeats === 0 ? "" : ` ${repeats} messages were sent again, and are there once.`;
  return `Each fact is there exactly once, in order, under ${stream.subject} (ids ${run}:POSITION).${again}`;
}
