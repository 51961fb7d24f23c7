/** What publishing says, in sentences. */
import { bytes, percent, short, significant } from "../../../report/numbers.js";
import type { PublishDocument } from "../document.js";
import { LITTLE } from "../model/judge.js";
import { bindsSentence, sourceShare } from "./alone.js";

/** A thread that waits for nothing uses so much of a core, if it gets it. */
const WHOLE_CORE = 0.9;

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
export function whatHolds(document: PublishDocument): string[] {
  const { published, alone } = document;
  const { facts, wallSeconds, waitedSeconds, clientCpuSeconds } = published;
  if (facts === 0) return [];
  const waited = waitedSeconds / wallSeconds;
  const cores = significant(clientCpuSeconds / wallSeconds);
  if (waited < LITTLE) {
    return [
      `The client binds: it makes, writes and sends facts in one thread (${cores} cores used), and waited for acknowledgements ${percent(waited)} % of the time only.${sourceShare(document)}`,
      ...(clientCpuSeconds < WHOLE_CORE * wallSeconds
        ? ["It did not have a core for itself: the server, or what else runs here, took of it."]
        : []),
    ];
  }
  const waiting = `For ${percent(waited)} % of the time as much was in flight as may be`;
  if (alone === undefined) {
    return [
      `${waiting}: the network, the server, or its disk hold it up (${cores} cores used by the client). --verdict measures them alone.`,
    ];
  }
  return [`${waiting}. ${bindsSentence(document)}`];
}

export function onceSentence({ published, stream }: PublishDocument): string {
  const { repeats, run } = published;
  const again = repeats === 0 ? "" : ` ${repeats} messages were sent again, and are there once.`;
  return `Each fact is there exactly once, in order, under ${stream.subject} (ids ${run}:POSITION).${again}`;
}
