/** `hellfact run --input nats://HOST/STREAM`: which messages are asked for, and who asks. */
import { randomBytes } from "node:crypto";
import { InputError } from "../../core/errors.js";
import type { Sync } from "../../core/sink.js";
import type { Credentials } from "../../core/transport.js";
import { openEvents } from "../../pipeline/run/open-events.js";
import type { SourcePlan } from "../../pipeline/run/plan.js";
import { addressOf } from "../../transports/nats/address.js";
import { streamPlace } from "../../transports/nats/events/place.js";

export interface FactsAsked {
  readonly source: SourcePlan;
  readonly start: number;
  readonly end: number | null;
  readonly durationSeconds: number | null;
}

interface EventsOptions extends Credentials {
  readonly facts?: number;
  readonly duration?: number;
  readonly roll: { readonly bytes: number } | { readonly seconds: number };
  readonly consumer?: string;
  readonly sync: Sync;
}

/** Whether a place names servers, and a stream of theirs. */
export function isStreamUrl(place: string): boolean {
  return /^(?:nats|tls):/.test(place);
}

/** Rejects as a `Transport` does, and with an `InputError` where nothing is there, or only files can do what is asked. */
export async function eventsAsked(url: string, options: EventsOptions): Promise<FactsAsked> {
  const { duration, consumer = `hellfact_${randomBytes(4).toString("hex")}` } = options;
  const refuse = (what: string, instead: string) => {
    throw new InputError(`${what} is not for an input that is a stream: ${instead}.`);
  };
  if (options.facts !== undefined) refuse("--facts", "give --duration, or leave both out");
  if ("seconds" in options.roll) refuse("--roll by time", "give a size, such as --roll 64MB");
  if (options.sync === "none") {
    refuse("--sync none", "what is acknowledged must be on the disk; give close, or batch");
  }
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(consumer)) {
    throw new InputError("--consumer takes a name of letters, digits, - and _.");
  }
  const isOwn = options.consumer === undefined;
  const { stream } = streamPlace(url);
  const servers = giveAccess(url, options);
  const open = await openEvents({ path: `${servers}/${stream}`, consumer, isOwn });
  const { first, next, address } = open;
  await open.checkFree().finally(() => open.close(false));
  const path = `${address}/${stream}`;
  if (duration === undefined && next <= first) {
    throw new InputError(
      isOwn
        ? `${path} holds no facts. Give it at least one JSON object.`
        : `${path} has nothing that its consumer ${consumer} has not acknowledged. Publish something, or wait for it with --duration.`,
    );
  }
  return {
    source: {
      ...{ kind: "events", path, bytes: null, consumer, isOwn, first },
      followSeconds: duration ?? null,
    },
    start: first,
    end: duration === undefined ? next : null,
    durationSeconds: null,
  };
}

/**
 * Puts who one is into the environment of this process and those that it starts, under the names that the `nats`
 * command reads, so that no plan has to name it. Returns the servers of a URL without it.
 */
function giveAccess(url: string, { creds, tlsCa, tlsCert, tlsKey }: Credentials): string {
  const { servers } = streamPlace(url);
  const { text, user, password, token } = addressOf(servers, process.env);
  const given = {
    ...{ NATS_USER: user, NATS_PASSWORD: password, NATS_TOKEN: token },
    ...{ NATS_CREDS: creds, NATS_CA: tlsCa, NATS_CERT: tlsCert, NATS_KEY: tlsKey },
  };
  for (const [name, value] of Object.entries(given)) {
    if (value !== undefined) process.env[name] = value;
  }
  return text;
}

/** As `giveAccess`, where the plan of a run that goes on has the servers. */
export function giveAccessAgain(source: SourcePlan, credentials: Credentials): void {
  if (source.kind === "events") giveAccess(source.path, credentials);
}
