import { fork } from "node:child_process";
import { existsSync } from "node:fs";
import { basename, resolve } from "node:path";
import { InputError, lastErrorLine } from "../core/errors.js";
import { checkPluginName, pluginNames } from "../plugins/catalog.js";
import { isCodecFile, type CodecChoice } from "../plugins/load-codec.js";
import type { ContractOutcome } from "./contract-process.js";

/** The contract takes a second or two; a codec that is still at it after this will not come back. */
const PATIENCE_SECONDS = 30;

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
  const outcome = await judged(codecFile);
  if ("problem" in outcome) throw new InputError(outcome.problem.replaceAll(codecFile, text));
  return { codec: outcome.name, codecFile };
}

function judged(file: string): Promise<ContractOutcome> {
  return new Promise((settle) => {
    const child = fork(new URL("./contract-process.js", import.meta.url), {
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    });
    let errorOutput = "";
    const end = (outcome: ContractOutcome) => {
      clearTimeout(timeout);
      child.kill("SIGKILL");
      settle(outcome);
    };
    const timeout = setTimeout(() => {
      end({
        problem: `${file}: it does not come back; the contract was given ${PATIENCE_SECONDS} s.`,
      });
    }, PATIENCE_SECONDS * 1000);
    child.stderr?.on("data", (data: Buffer) => (errorOutput += data.toString()));
    child.on("message", (message) => end(message as ContractOutcome));
    child.on("error", (error) => end({ problem: `${file}: ${error.message}` }));
    child.on("close", (code, signal) => {
      const how = signal === null ? `exit code ${code}` : `signal ${signal}`;
      const said = lastErrorLine(errorOutput);
      end({
        problem: `${file}: it ends the process (${how})${said === undefined ? "" : `: ${said}`}.`,
      });
    });
    child.send(file);
  });
}
