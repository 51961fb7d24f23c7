/** What a user can turn about a runtime, one configuration at a time. */
import { InputError } from "../core/errors.js";
import type { Runtime } from "./runtime.js";

const CONFIGURATIONS = "default, jitless, no-opt, compile-cache, semi-space=MiB, shared";

export interface ConfigurationOptions {
  /** Where compile caches are kept. */
  readonly cacheFolder: string;
  /** Codecs that share call sites in the configuration `shared`. */
  readonly codecs: readonly string[];
}

/** A configuration as the command line has it: its name and, for `semi-space`, a size in MiB. */
export interface RuntimeConfiguration {
  readonly name: "default" | "jitless" | "no-opt" | "compile-cache" | "semi-space" | "shared";
  readonly value: number;
}

/** Reads `jitless` or `semi-space=64`. Throws an `InputError` for anything that is no configuration. */
export function parseConfiguration(text: string): RuntimeConfiguration {
  const [, name, value] =
    /^(default|jitless|no-opt|compile-cache|semi-space|shared)(?:=(\d+))?$/.exec(text) ?? [];
  if (name === undefined || (name === "semi-space") !== (value !== undefined) || value === "0") {
    throw new InputError(
      `"${text}" is no configuration: there are ${CONFIGURATIONS}, such as semi-space=64.`,
    );
  }
  return { name: name as RuntimeConfiguration["name"], value: Number(value ?? 0) };
}

/**
 * A runtime with a configuration. Throws an `InputError` if the runtime has nothing of the kind.
 *
 * JavaScriptCore's switches are variables of Bun's environment (`BUN_JSC_` and the option's name).
 */
function configured(
  runtime: Runtime,
  { name, value }: RuntimeConfiguration,
  options: ConfigurationOptions,
): Runtime {
  switch (name) {
    case "default":
      return runtime;
    case "jitless":
      return switched(runtime, name, "--jitless", { BUN_JSC_useJIT: "0" });
    case "no-opt":
      return switched(runtime, name, noOptimizing(runtime), { BUN_JSC_useDFGJIT: "0" });
    case "semi-space":
      return switched(runtime, `${name}=${value}`, `--max-semi-space-size=${value}`, undefined);
    case "compile-cache":
      return withCompileCache(runtime, options.cacheFolder);
    case "shared":
      return { ...runtime, name: `${runtime.name} shared`, sharedWith: options.codecs };
  }
}

/** Flags for V8, which Node takes as they are; variables for JavaScriptCore. */
function switched(
  runtime: Runtime,
  configuration: string,
  flags: string,
  variables: Readonly<Record<string, string>> | undefined,
): Runtime {
  const name = `${runtime.name} ${configuration}`;
  const { family } = runtime;
  if (family === "bun") {
    if (variables === undefined) throw noSuch(runtime, configuration);
    return { ...runtime, name, environment: { ...runtime.environment, ...variables } };
  }
  const words = family === "deno" ? [`--v8-flags=${flags.replaceAll(" ", ",")}`] : flags.split(" ");
  return { ...runtime, name, flags: [...runtime.flags, ...words] };
}

/** From V8 11.7 on, Maglev is an optimizing compiler beside Turbofan. */
function noOptimizing({ engine }: Runtime): string {
  const [, major = "0", minor = "0"] = /^V8 (\d+)\.(\d+)/.exec(engine) ?? [];
  const hasMaglev = Number(major) > 11 || (Number(major) === 11 && Number(minor) >= 7);
  return hasMaglev ? "--no-opt --no-maglev" : "--no-opt";
}

function withCompileCache(runtime: Runtime, folder: string): Runtime {
  const name = `${runtime.name} compile-cache`;
  const { family, version } = runtime;
  if (family === "deno") {
    const flags = runtime.flags.filter((flag) => flag !== "--no-code-cache");
    return { ...runtime, name, flags, environment: { ...runtime.environment, DENO_DIR: folder } };
  }
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (family === "bun" || major < 22 || (major === 22 && minor < 1)) {
    throw noSuch(runtime, "compile-cache (Node has it from 22.1 on, and Deno)");
  }
  return { ...runtime, name, environment: { ...runtime.environment, NODE_COMPILE_CACHE: folder } };
}

function noSuch({ name }: Runtime, configuration: string): InputError {
  return new InputError(`${name} has no ${configuration}.`);
}

/** Every runtime with every configuration. What a runtime does not have is a problem, and the rest goes on. */
export function withConfigurations(
  runtimes: readonly Runtime[],
  configurations: readonly RuntimeConfiguration[],
  options: ConfigurationOptions,
): { readonly runtimes: readonly Runtime[]; readonly problems: readonly string[] } {
  const crossed: Runtime[] = [];
  const problems: string[] = [];
  for (const runtime of runtimes) {
    for (const configuration of configurations) {
      try {
        crossed.push(configured(runtime, configuration, options));
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        problems.push(error.message);
      }
    }
  }
  if (crossed.length === 0) throw new InputError(problems.join(" "));
  return { runtimes: crossed, problems };
}
