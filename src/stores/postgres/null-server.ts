/**
 * A server that speaks just enough of PostgreSQL's protocol (version 3.0, the manual's chapter "Message
 * Formats") to take rows from a client: it answers each message with what means that all is well.
 */
import { createServer, type AddressInfo, type Socket } from "node:net";
import type { NullServer, Sent } from "../../core/store.js";

const READY = message("Z", Buffer.from("I"));
const PARSED = message("1");
const BOUND = message("2");
const NO_DATA = message("n");
const DONE = message("C", Buffer.from("INSERT 0 1\0"));
/** Text, of no column whose format would matter. */
const TAKES_COPY = message("G", Buffer.from([0, 0, 0]));
const SSL_REQUEST = 80_877_103;

/** Messages of a client by their letter; what is not here wants no answer. */
const ANSWERS: Readonly<Record<string, Buffer>> = {
  P: PARSED,
  B: BOUND,
  D: NO_DATA,
  E: DONE,
  S: READY,
  c: Buffer.concat([DONE, READY]),
  f: Buffer.concat([DONE, READY]),
};

/** Listens on a free port of this machine. */
export async function startNullServer(): Promise<NullServer> {
  const sockets = new Set<Socket>();
  let [pieces, roundTrips, isNoted]: [Buffer[], number, boolean] = [[], 0, false];
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined).on("close", () => sockets.delete(socket));
    const reader = new Reader((text) => {
      if (text.length > 0) socket.write(text);
    });
    socket.on("data", (data: Buffer) => {
      if (reader.isBegun && isNoted) pieces.push(data);
      roundTrips += reader.read(data);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `postgres://null@127.0.0.1:${port}/null`,
    note: () => {
      [pieces, roundTrips, isNoted] = [[], 0, true];
    },
    take: (): Sent => {
      const sent = { bytes: Buffer.concat(pieces), roundTrips };
      [pieces, isNoted] = [[], false];
      return sent;
    },
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

/** What one client sends, in messages however they were cut on the way. */
class Reader {
  isBegun = false;
  private rest: Buffer = Buffer.alloc(0);
  /** Bytes of a long message that nobody needs to look at. */
  private skipped = 0;

  constructor(private readonly answer: (bytes: Buffer) => void) {}

  /** Returns how many times the client now waits for having been answered. */
  read(data: Buffer): number {
    const skipped = Math.min(this.skipped, data.length);
    this.skipped -= skipped;
    let bytes = skipped === 0 ? data : data.subarray(skipped);
    if (this.rest.length > 0) bytes = Buffer.concat([this.rest, bytes]);
    const answers: Buffer[] = [];
    let [at, waits] = [0, 0];
    for (;;) {
      const head = this.isBegun ? 5 : 8;
      if (bytes.length - at < head) break;
      const length =
        bytes.readUInt32BE(at + head - (this.isBegun ? 4 : 8)) + (this.isBegun ? 1 : 0);
      if (this.isBegun && bytes[at] === 0x64) {
        this.skipped = Math.max(0, at + length - bytes.length);
        at = Math.min(bytes.length, at + length);
        continue;
      }
      if (bytes.length - at < length) break;
      const answered = this.isBegun
        ? answerTo(bytes.subarray(at, at + length))
        : this.begin(bytes.readUInt32BE(at + 4));
      answers.push(answered);
      if (answered.at(-6) === 0x5a) waits += 1;
      at += length;
    }
    this.rest = Buffer.from(bytes.subarray(at));
    this.answer(Buffer.concat(answers));
    return waits;
  }

  private begin(code: number): Buffer {
    if (code === SSL_REQUEST) return Buffer.from("N");
    this.isBegun = true;
    return Buffer.concat([message("R", Buffer.from([0, 0, 0, 0])), READY]);
  }
}

function answerTo(asked: Buffer): Buffer {
  const letter = String.fromCharCode(asked[0] ?? 0);
  if (letter !== "Q") return ANSWERS[letter] ?? Buffer.alloc(0);
  const sql = asked.toString("latin1", 5, asked.length - 1);
  if (/^\s*COPY/i.test(sql)) return TAKES_COPY;
  return Buffer.concat([/^\s*SELECT/i.test(sql) ? VERSION_ROW : Buffer.alloc(0), DONE, READY]);
}

/** What a client asks at its beginning: the server's version, and its process. */
const VERSION_ROW = row({ version: "0 (null)", number: "150000", pid: "0" });

function row(values: Readonly<Record<string, string>>): Buffer {
  const names = Object.keys(values);
  const fields = names.map((name) =>
    // Of no table; the type is text.
    Buffer.concat([
      Buffer.from(`${name}\0`),
      int32(0),
      int16(0),
      int32(25),
      int16(-1),
      int32(-1),
      int16(0),
    ]),
  );
  const columns = Object.values(values).map((value) =>
    Buffer.concat([int32(value.length), Buffer.from(value)]),
  );
  return Buffer.concat([
    message("T", Buffer.concat([int16(names.length), ...fields])),
    message("D", Buffer.concat([int16(names.length), ...columns])),
  ]);
}

function message(letter: string, body: Buffer = Buffer.alloc(0)): Buffer {
  return Buffer.concat([Buffer.from(letter), int32(body.length + 4), body]);
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

function int16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeInt16BE(value);
  return bytes;
}
