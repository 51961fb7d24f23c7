/** A step of a path that may lead to several values. */
export type FindStep =
  | { readonly kind: "key"; readonly key: string }
  /** Every item of a list. */
  | { readonly kind: "items" }
  /** Every value of an object. */
  | { readonly kind: "values" };

export type FindPath = readonly FindStep[];

/** For each path, the values that stand there. */
export type Found = unknown[][];

/** Paths that begin alike are one branch, so that a list is gone through once for all of them. */
export interface Branch {
  /** Numbers of the paths that end here. */
  readonly places: number[];
  readonly keys: Map<string, Branch>;
  items: Branch | undefined;
  values: Branch | undefined;
}

export function branchOf(paths: readonly FindPath[]): Branch {
  const root = newBranch();
  for (const [number, path] of paths.entries()) {
    let branch = root;
    for (const step of path) {
      if (step.kind === "items") branch = branch.items ??= newBranch();
      else if (step.kind === "values") branch = branch.values ??= newBranch();
      else {
        const known = branch.keys.get(step.key) ?? newBranch();
        branch.keys.set(step.key, known);
        branch = known;
      }
    }
    branch.places.push(number);
  }
  return root;
}

/** What there is for each of an object's keys: of one that comes twice, for the last alone. */
export function forEachKey<Kept>(
  names: readonly string[],
  kept: ReadonlyMap<string, Kept>,
): readonly (Kept | undefined)[] {
  return names.map((name, index) =>
    names.lastIndexOf(name) === index ? kept.get(name) : undefined,
  );
}

/** Adds what a value has at the paths of a branch. Where a path leads nowhere, there is no value. Own keys only. */
export function collect(value: unknown, branch: Branch, found: Found): void {
  const { places, keys, items, values } = branch;
  for (const place of places) found[place]?.push(value);
  if (typeof value !== "object" || value === null) return;
  if (Array.isArray(value)) {
    if (items !== undefined) collectItems(value, items, found);
    return;
  }
  const record = value as Record<string, unknown>;
  for (const [key, inner] of keys) {
    if (Object.hasOwn(record, key)) collect(record[key], inner, found);
  }
  if (values !== undefined) {
    for (const key of Object.keys(record)) collect(record[key], values, found);
  }
}

/** The same of all items of a list. Of long ones mostly one value is wanted, under one key: that is quicker. */
function collectItems(list: readonly unknown[], branch: Branch, found: Found): void {
  const only = onlyLeaf(branch);
  if (only === undefined) {
    for (const item of list) collect(item, branch, found);
    return;
  }
  for (const place of branch.places) for (const item of list) found[place]?.push(item);
  const { key } = only;
  const values = found[only.place] ?? [];
  // Of keys that every object inherits something for, it has to be asked whose it is.
  const isInherited = key in Object.prototype;
  for (const item of list) {
    if (typeof item !== "object" || item === null || Array.isArray(item)) continue;
    const value = (item as Record<string, unknown>)[key];
    if (value === undefined || (isInherited && !Object.hasOwn(item, key))) continue;
    values.push(value);
  }
}

/** The only key that is wanted of a value, if one path ends there and nothing else is wanted. */
function onlyLeaf({ keys, items, values }: Branch): { key: string; place: number } | undefined {
  if (keys.size !== 1 || items !== undefined || values !== undefined) return undefined;
  for (const [key, inner] of keys) {
    const [place, other] = inner.places;
    const isEnd = inner.keys.size === 0 && inner.items === undefined && inner.values === undefined;
    if (isEnd && place !== undefined && other === undefined) return { key, place };
  }
  return undefined;
}

function newBranch(): Branch {
  return { places: [], keys: new Map(), items: undefined, values: undefined };
}
