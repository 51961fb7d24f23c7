/**
 * An object store as the place of a run's parts. A part is an object under its file's name, put there on the condition
 * that nothing has that name: so of two workers that made the same part one puts it, and the other one finds it. What
 * is noted with it says which part of which run it is, so that also a part counts whose worker died before it could
 * say so.
 */
import { statSync } from "node:fs";
import { join } from "node:path";
import { HellfactError, InputError } from "../../../core/errors.js";
import type { FoundObject, OpenObjectStore } from "../../../core/objects/object-store.js";
import { manifestLine } from "../manifest-lines.js";
import { MANIFEST_FILE, manifestPath } from "../manifest.js";
import type { MadeRange, PartEntry, RunPlan } from "../plan.js";
import { runName } from "./run-name.js";
import { PART_FILE } from "../worker/part-name.js";
import type { RunPlace } from "./run-place.js";

export class ObjectPlace implements RunPlace {
  private readonly run: string;

  constructor(
    private readonly store: OpenObjectStore,
    private readonly plan: RunPlan,
  ) {
    this.run = runName(plan);
  }

  get address(): string {
    return this.store.address;
  }

  async begin(folder: string, goesOn: boolean): Promise<void> {
    const { store, plan } = this;
    const found = await store.put(MANIFEST_FILE, manifestPath(folder), this.note(null));
    const isOwn = found === undefined || (goesOn && noteIn(found).run === this.run);
    if (!isOwn) throw holdsRun(store.address);
    if (plan.sidecar === null) return;
    await store.replace(plan.sidecar, join(folder, plan.sidecar), this.note(null));
  }

  async prepare(folder: string): Promise<void> {
    const { store, plan } = this;
    const found = await store.look(MANIFEST_FILE);
    if (found === undefined || noteIn(found).run !== this.run) {
      throw new InputError(`${store.address} does not hold this run`);
    }
    if (plan.sidecar !== null && !(await store.fetch(plan.sidecar, join(folder, plan.sidecar)))) {
      throw new HellfactError(`${store.address}: ${plan.sidecar} is missing`);
    }
  }

  async deliver(folder: string, part: MadeRange): Promise<MadeRange> {
    if (part.file === null) return part;
    const note = this.note(part);
    for (const name of this.beside(part)) await this.store.put(name, join(folder, name), note);
    const found = await this.store.put(part.file, join(folder, part.file), note);
    return found === undefined ? part : this.foundPart(found, part.file);
  }

  async problemOf(part: PartEntry): Promise<string | undefined> {
    const { store } = this;
    const path = `${store.address}/${part.file}`;
    const found = await store.look(part.file);
    if (found === undefined) return `${path}: missing, with ${part.facts} facts.`;
    if (found.bytes !== part.storedBytes) {
      return `${path}: it has ${found.bytes} bytes, and should have ${part.storedBytes}.`;
    }
    const sum = noteIn(found).part?.crc32 ?? "unknown";
    if (sum !== part.crc32) return `${path}: its CRC-32 is ${sum}, and should be ${part.crc32}.`;
    for (const name of this.beside(part)) {
      if ((await store.look(name)) !== undefined) continue;
      return `${store.address}/${name}: missing, which belongs to ${part.file}.`;
    }
    return undefined;
  }

  async remove(part: PartEntry): Promise<void> {
    for (const name of [part.file, ...this.beside(part)]) await this.store.remove(name);
  }

  async keep(folder: string, parts: readonly PartEntry[] | undefined): Promise<void> {
    const { store } = this;
    await store.replace(MANIFEST_FILE, manifestPath(folder), this.note(null));
    if (parts === undefined) return;
    const counted = new Set(parts.flatMap((part) => [part.file, ...this.beside(part)]));
    for (const name of await store.names()) {
      if (PART_FILE.test(name) && !counted.has(name)) await store.remove(name);
    }
    await store.tidy?.();
  }

  readonly fetch = async (part: PartEntry, folder: string): Promise<void> => {
    const names = [part.file, ...this.beside(part)];
    if (part.sidecar !== null && part.sidecar === this.plan.sidecar) names.push(part.sidecar);
    for (const name of names) {
      if (await this.store.fetch(name, join(folder, name))) continue;
      throw new HellfactError(`${this.address}/${name}: missing.`);
    }
    const { size } = statSync(join(folder, part.file));
    if (size === part.storedBytes) return;
    throw new HellfactError(
      `${this.address}/${part.file}: it has ${size} bytes, and should have ${part.storedBytes}.`,
    );
  };

  close(): Promise<void> {
    return this.store.close();
  }

  /** The files of a part besides its own. */
  private beside({ sidecar, rejects }: MadeRange): string[] {
    return [sidecar, rejects].filter(
      (name) => name !== null && name !== this.plan.sidecar,
    ) as string[];
  }

  /** The part that somebody else had put there before. */
  private foundPart(found: FoundObject, name: string): MadeRange {
    const { run, part } = noteIn(found);
    const where = `${this.address}/${name}`;
    if (run !== this.run || part === null) {
      throw new InputError(`${where} is of something else: give another place, or take it away.`);
    }
    manifestLine({ part, atSeconds: 0 }, `what is noted of ${where}`);
    return part;
  }

  private note(part: MadeRange | null): string {
    return JSON.stringify({ run: this.run, part });
  }
}

/** Throws an `InputError` where an object store has anything of a run. */
export async function checkHoldsNone(store: OpenObjectStore): Promise<void> {
  const names = await store.names();
  if (names.includes(MANIFEST_FILE)) throw holdsRun(store.address);
  const strange = names.find((name) => PART_FILE.test(name));
  if (strange !== undefined) {
    throw new InputError(
      `${store.address} holds ${strange}, of no run that is known. Give another place.`,
    );
  }
}

function holdsRun(address: string): InputError {
  return new InputError(
    `${address} holds a run already. Give another place; hellfact run --resume with its folder goes on.`,
  );
}

function noteIn({ note }: FoundObject): { run: unknown; part: MadeRange | null } {
  try {
    const { run, part } = Object(JSON.parse(note)) as { run?: unknown; part?: MadeRange | null };
    return { run, part: part ?? null };
  } catch {
    return { run: undefined, part: null };
  }
}
