/** Places of outputs: each is replaced as a whole, so none may hold another, or what the queue itself needs. */

export interface Places {
  /** The whole path of an output, with nothing in it that leads elsewhere. */
  resolve(output: string): string;
  /** What no output may be or hold: whole paths, with what is there, such as `the queue's folder`. */
  readonly kept: ReadonlyMap<string, string>;
}

export class Outputs {
  /** Who makes what, by whole paths. */
  private readonly makers = new Map<string, string>();
  /** Something that is made within a folder: its path and its maker. */
  private readonly within = new Map<string, { readonly output: string; readonly maker: string }>();
  private readonly kept = new Map<string, string>();

  constructor(private readonly places: Places) {
    for (const [path, what] of places.kept) {
      for (const holder of [path, ...foldersOf(path)]) {
        if (!this.kept.has(holder)) this.kept.set(holder, what);
      }
    }
  }

  /** Takes an output as made. @param maker the name of the job @returns what is wrong with it, if something is */
  add(output: string, maker: string): string | undefined {
    const path = this.places.resolve(output);
    const kept = this.kept.get(path);
    if (kept !== undefined) {
      return (
        `makes ${output}, and would replace ${kept}. ` +
        "Give it an output of its own, such as data/{part}.json."
      );
    }
    const same = this.makers.get(path);
    if (same !== undefined) return `makes ${output}, as ${same} does. Name {part} in its output.`;
    const inside = this.within.get(path);
    if (inside !== undefined) {
      return `makes ${output}, which holds ${inside.output}, that ${inside.maker} makes. Take another folder.`;
    }
    const folders = foldersOf(path);
    const holder = folders.find((folder) => this.makers.has(folder));
    if (holder !== undefined) {
      return `makes ${output}, which is within what ${this.makers.get(holder)} makes. Take another folder.`;
    }
    this.makers.set(path, maker);
    for (const folder of folders) {
      if (this.within.has(folder)) break;
      this.within.set(folder, { output, maker });
    }
    return undefined;
  }
}

/** The folders that a path is in, from the innermost. */
function foldersOf(path: string): string[] {
  const folders: string[] = [];
  for (let end = path.lastIndexOf("/"); end > 0; end = path.lastIndexOf("/", end - 1)) {
    folders.push(path.slice(0, end));
  }
  return path === "/" ? [] : [...folders, "/"];
}
