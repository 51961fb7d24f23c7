/** Sends bytes that a client made before, and waits until the server is ready again as often as it had to. */
import type { Replay, Sent } from "../../core/store.js";
import { connect, sayable } from "./connect.js";

const READY = 0x5a;
const ERROR = 0x45;
const HEAD_BYTES = 5;

/** Logs in as the driver does, and takes the connection over. */
export async function openReplay(url: string, first: Sent, each: Sent): Promise<Replay> {
  const { client, address } = await connect(url, {});
  const { stream } = client.connection;
  stream.removeAllListeners("data");
  let [missing, left]: [number, Buffer] = [0, Buffer.alloc(0)];
  let settle: (error?: Error) => void = () => undefined;
  stream.on("data", (data: Buffer) => {
    left = left.length === 0 ? data : Buffer.concat([left, data]);
    while (left.length >= HEAD_BYTES && left.length > left.readUInt32BE(1)) {
      if (left[0] === ERROR) settle(sayable(address, new Error("it refuses what is sent again")));
      if (left[0] === READY && --missing === 0) settle();
      left = left.subarray(1 + left.readUInt32BE(1));
    }
  });
  stream.on("close", () => settle(sayable(address, new Error("terminated"))));
  const send = ({ bytes, roundTrips }: Sent): Promise<void> =>
    new Promise((resolve, reject) => {
      settle = (error) => (error === undefined ? resolve() : reject(error));
      missing = roundTrips;
      stream.write(bytes);
    });
  await send(first);
  return { send: () => send(each), close: async () => void stream.destroy() };
}
