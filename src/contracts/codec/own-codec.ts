import { checkPluginName } from "../../plugins/catalog.js";
import { isCodecFile, type CodecChoice } from "../../plugins/load-codec.js";
import { refuseTaken, tryOwn } from "../try-own.js";

/**
 * The codec that a user names: one of this tool's, or a file of one, which must keep the contract.
 * That is tried in a process of its own, which may die or hang.
 *
 * Rejects with an `InputError` that says in one line what is wrong.
 */
export async function checkedCodec(text: string): Promise<CodecChoice> {
  if (!isCodecFile(text)) {
    checkPluginName("codecs", text);
    return { codec: text };
  }
  refuseTaken("codecs", "codec", text);
  const script = new URL("./contract-process.js", import.meta.url);
  const { file, described } = await tryOwn<{ readonly name: string }>(script, text);
  return { codec: described.name, codecFile: file };
}
