import { describedCodec } from "../../../contracts/codec/describe.js";
import type { PlannableCodec } from "../../../plugins/known-codec.js";
import { isCodecFile } from "../../../plugins/load-codec.js";

/** What is known of a codec, and of the one that writes what it reads, without opening them. */
export interface DescribedPair {
  readonly codec: PlannableCodec;
  readonly writer: PlannableCodec;
}

/** As `loadPair`, without loading into this process what somebody else wrote. */
export async function describedPair(name: string): Promise<DescribedPair> {
  const codec = await describedCodec(
    isCodecFile(name) ? { codec: name, codecFile: name } : { codec: name },
  );
  const { writtenBy } = codec;
  const writer = writtenBy === undefined ? codec : await describedCodec({ codec: writtenBy });
  return { codec, writer };
}
