import { existsSync } from "node:fs";
import { basename, resolve } from "node:path";
import { InputError } from "../../core/errors.js";
import { checkPluginName, pluginNames } from "../../plugins/catalog.js";
import { isCodecFile, type CodecChoice } from "../../plugins/load-codec.js";
import { askOnce } from "../../process/client.js";
import type { ContractOutcome } from "./contract-process.js";
import { LIMITS } from "./limits.js";

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
  const codecFile = resolve(text);
  if (!existsSync(codecFile)) throw new InputError(`${text}: there is no such file.`);
  const name = basename(text).replace(/\.[cm]?[jt]s$/, "");
  if (pluginNames("codecs").includes(name)) {
    throw new InputError(`${text}: there is a codec ${name} already. Give the file another name.`);
  }
  const asked = await askOnce<ContractOutcome>(
    new URL("./contract-process.js", import.meta.url),
    codecFile,
    LIMITS,
  );
  if ("reason" in asked) {
    const reason = asked.failure === undefined ? `${codecFile}: ${asked.reason}.` : asked.reason;
    throw new InputError(reason.replaceAll(codecFile, text));
  }
  const { answer } = asked;
  if ("problem" in answer) throw new InputError(answer.problem.replaceAll(codecFile, text));
  return { codec: answer.name, codecFile };
}
