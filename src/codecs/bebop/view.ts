import { BebopView } from "bebop";

/** What the library keeps for itself: the buffer that it begins to write in, of 256 bytes. */
interface Kept {
  writeBuffer: Uint8Array;
  writeBufferView: DataView;
}

let isLarge = false;

/** The library's one view, ready to be written in. It begins with room for a fact, so as not to grow for each. */
export function openWriting(): BebopView {
  if (!isLarge) {
    const kept = BebopView as unknown as Kept;
    kept.writeBuffer = new Uint8Array(FIRST_BYTES);
    kept.writeBufferView = new DataView(kept.writeBuffer.buffer);
    isLarge = true;
  }
  const view = BebopView.getInstance();
  view.startWriting();
  return view;
}

const FIRST_BYTES = 262_144;
