import { execFile } from "node:child_process";
import { constants } from "node:fs";
import { access, mkdir, statfs } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { promisify } from "node:util";
import { firstLine, UnavailableError } from "../core/errors.js";
import { loadPlugin, pluginNames } from "../plugins/catalog.js";
import type { Finding } from "./finding.js";
import { packageVersion } from "./environment.js";

/** How to get a native package that is missing or was built for another runtime. */
const REBUILD =
  "install a C++ compiler, make and python3, then: npm rebuild simdjson zlib-sync " +
  "(npm install --include=optional first, if they were left out; snappy and parquet need no compiler)";
/** A run of the default comparison takes about this much. */
const ROOMY_BYTES = 2e9;

/** Looks at everything that a comparison needs on this machine. `out` is made if it is missing. */
export async function diagnose(out: string): Promise<Finding[]> {
  const codecs = pluginNames("codecs").map(diagnoseCodec);
  const compressors = pluginNames("compressors").map(diagnoseCompressor);
  const stores = pluginNames("stores").map(diagnoseStore);
  const transports = pluginNames("transports").map(diagnoseTransport);
  const objects = pluginNames("objects").map(diagnoseObjects);
  const plugins = await Promise.all([
    ...[...codecs, ...compressors, ...stores, ...transports],
    ...objects,
  ]);
  return [...plugins.flat(), cores(), await diagnoseDisk(out)];
}

async function diagnoseCodec(name: string): Promise<Finding[]> {
  const base = { kind: "codec", name } as const;
  try {
    const { npmPackage, abilities } = await loadPlugin("codecs", name);
    const detail = `${abilities.join(", ")}${versionIn(npmPackage)}`;
    return [{ ...base, works: true, detail, remedy: null }];
  } catch (error) {
    return [{ ...base, works: false, detail: firstLine(error), remedy: remedyFor(error) }];
  }
}

/** A compressor and each engine that can undo it. */
async function diagnoseCompressor(name: string): Promise<Finding[]> {
  const compressor = await loadPlugin("compressors", name);
  const diagnoseEngine = async (engine: string, index: number): Promise<Finding> => {
    const label = engine === name ? name : `${name} by ${engine}`;
    const base = { kind: "compressor", name: label } as const;
    try {
      await compressor.open({ engine });
      const abilities = index === 0 ? "compress, decompress" : "decompress";
      const detail = `${abilities}${versionIn(compressor.npmPackage)}`;
      return { ...base, works: true, detail, remedy: null };
    } catch (error) {
      return { ...base, works: false, detail: firstLine(error), remedy: remedyFor(error) };
    }
  };
  return Promise.all(compressor.engines.map(diagnoseEngine));
}

/** A store by its driver; whether a server answers is not its question. */
async function diagnoseStore(name: string): Promise<Finding[]> {
  const base = { kind: "store", name } as const;
  try {
    const store = await loadPlugin("stores", name);
    return [{ ...base, works: true, detail: await store.driver(), remedy: null }];
  } catch (error) {
    return [{ ...base, works: false, detail: firstLine(error), remedy: remedyFor(error) }];
  }
}

/** An object store by its client; whether one answers is not its question. */
async function diagnoseObjects(name: string): Promise<Finding[]> {
  const base = { kind: "objects", name } as const;
  try {
    const objects = await loadPlugin("objects", name);
    return [{ ...base, works: true, detail: await objects.client(), remedy: null }];
  } catch (error) {
    return [{ ...base, works: false, detail: firstLine(error), remedy: remedyFor(error) }];
  }
}

/** A transport by its client, and the program that it speaks to; whether one runs is not its question. */
async function diagnoseTransport(name: string): Promise<Finding[]> {
  const transport = await loadPlugin("transports", name);
  const { server } = transport;
  if (transport.client === undefined || server === undefined) return [];
  const base = { kind: "transport" } as const;
  const { program, remedy } = server;
  const found: Finding[] = [];
  try {
    found.push({ ...base, name, works: true, detail: await transport.client(), remedy: null });
  } catch (error) {
    found.push({ ...base, name, works: false, detail: firstLine(error), remedy: remedyFor(error) });
  }
  const version = await versionOf(program);
  const works = version !== undefined;
  const detail = version ?? `there is no ${program} on this machine`;
  return [...found, { ...base, name: program, works, detail, remedy: works ? null : remedy }];
}

/** What a program says of its version; `undefined` where it is not there. */
async function versionOf(program: string): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)(program, ["--version"], { timeout: 5000 });
    return stdout.trim().replace(`${program}: `, "");
  } catch {
    return undefined;
  }
}

function versionIn(npmPackage: string | null): string {
  return npmPackage === null ? "" : ` (${npmPackage} ${packageVersion(npmPackage) ?? "?"})`;
}

function remedyFor(error: unknown): string {
  return (error instanceof UnavailableError ? error.remedy : undefined) ?? REBUILD;
}

function cores(): Finding {
  const found = availableParallelism();
  return {
    kind: "machine",
    name: "cores",
    works: found > 1,
    detail: `${found} to use`,
    remedy: found > 1 ? null : "with a single core, whatever else runs is in the figures",
  };
}

async function diagnoseDisk(out: string): Promise<Finding> {
  const base = { kind: "disk", name: out } as const;
  try {
    await mkdir(out, { recursive: true });
    await access(out, constants.W_OK);
    const { bavail, bsize } = await statfs(out);
    const free = bavail * bsize;
    return {
      ...base,
      works: free > ROOMY_BYTES,
      detail: `${(free / 1e9).toFixed(1)} GB free`,
      remedy: free > ROOMY_BYTES ? null : `make room: a comparison wants ${ROOMY_BYTES / 1e9} GB`,
    };
  } catch (error) {
    return { ...base, works: false, detail: firstLine(error), remedy: "choose another --out" };
  }
}
