import type { SummaryPath } from "./path.js";

/** Takes a value that stands at a path. */
type Take = (value: unknown) => void;

/** Paths that begin alike are one branch, so that a list is gone through once for all of them. */
interface Branch {
  readonly takes: Take[];
  readonly keys: Map<string, Branch>;
  items: Branch | undefined;
  values: Branch | undefined;
}

/**
 * A function that hands every value at some paths of a fact to who asked for it. Where a path leads nowhere,
 * there is no value. Own keys only.
 */
export function walkerOf(
  wanted: readonly { readonly path: SummaryPath; readonly take: Take }[],
): (fact: unknown) => void {
  const root = newBranch();
  for (const { path, take } of wanted) {
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
    branch.takes.push(take);
  }
  return compiled(root);
}

function newBranch(): Branch {
  return { takes: [], keys: new Map(), items: undefined, values: undefined };
}

function compiled({ takes, keys, items, values }: Branch): Take {
  const [only] = takes;
  const isLeaf = keys.size === 0 && items === undefined && values === undefined;
  if (isLeaf && only !== undefined && takes.length === 1) return only;
  const byKey = [...keys].map(([key, branch]) => ({ key, visit: compiled(branch) }));
  const ofItems = items === undefined ? undefined : compiled(items);
  const ofValues = values === undefined ? undefined : compiled(values);
  return (value) => {
    for (const take of takes) take(value);
    if (typeof value !== "object" || value === null) return;
    if (Array.isArray(value)) {
      if (ofItems !== undefined) for (const item of value) ofItems(item);
      return;
    }
    const record = value as Record<string, unknown>;
    for (const { key, visit } of byKey) {
      if (Object.hasOwn(record, key)) visit(record[key]);
    }
    if (ofValues !== undefined) for (const key of Object.keys(record)) ofValues(record[key]);
  };
}
