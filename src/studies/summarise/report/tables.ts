/** The tables of a summary, as cells: one for each kind of figure, or one of groups. */
import {
  errorText,
  figureText,
  figuresOf,
  checkOf,
  lackText,
  shareText,
  uniqueText,
  valueText,
  whole,
} from "./words.js";
import type { Figure, SummariseDocument } from "../document.js";

export interface SummaryTable {
  readonly title: string;
  readonly head: readonly string[];
  /** How many columns from the left are words. */
  readonly words: number;
  readonly rows: readonly (readonly string[])[];
}

/** How many groups are listed one by one. */
const MOST_GROUPS = 40;

export function summaryTables(document: SummariseDocument): SummaryTable[] {
  const tables = [counts(document), uniques(document), quantiles(document), ...tops(document)];
  return tables.filter(({ rows }) => rows.length > 0);
}

const isGrouped = ({ by }: SummariseDocument) => by !== null;

/** What stands before a figure: its path, and its group where there are groups. */
function head(document: SummariseDocument): string[] {
  return isGrouped(document) ? ["path", document.by ?? ""] : ["path"];
}

function label(document: SummariseDocument, key: Parameters<typeof valueText>[0], figure: Figure) {
  return isGrouped(document) ? [figure.path, valueText(key)] : [figure.path];
}

/** Rows of one path stand together, its groups below each other. */
function rowsOf<T extends { readonly figure: Figure }>(all: readonly T[]): T[] {
  const paths = [...new Set(all.map(({ figure }) => figure.path))];
  return paths.flatMap((path) =>
    all.filter(({ figure }) => figure.path === path).slice(0, MOST_GROUPS),
  );
}

function counts(document: SummariseDocument): SummaryTable {
  const found = rowsOf(figuresOf(document, "count"));
  return {
    title: "counts",
    head: [...head(document), "values", "a fact", "nulls", ...checkedHead(document)],
    words: head(document).length,
    rows: found.map(({ key, figure, group, at }) => [
      ...label(document, key, figure),
      whole(figure.values),
      figureText(figure.values / (document.groups[group]?.facts ?? 1)),
      whole(figure.nulls),
      ...checked(document, group, at),
    ]),
  };
}

function uniques(document: SummariseDocument): SummaryTable {
  const found = rowsOf(figuresOf(document, "unique"));
  return {
    title: "different values",
    head: [...head(document), "different", "of values", "", ...checkedHead(document)],
    words: head(document).length,
    rows: found.map(({ key, figure, group, at }) => [
      ...label(document, key, figure),
      uniqueText(figure),
      whole(figure.values),
      lackText(figure),
      ...checked(document, group, at),
    ]),
  };
}

function quantiles(document: SummariseDocument): SummaryTable {
  const found = rowsOf(figuresOf(document, "quantile"));
  const shares = found
    .flatMap(({ figure }) => figure.quantile ?? [])
    .at(0)
    ?.quantiles.map(({ share }) => share);
  return {
    title: "quantiles, each within 1 % of its value",
    head: [
      ...head(document),
      ...["least", ...(shares ?? []).map(shareText), "greatest", "values"],
      ...(document.exact === null ? [] : ["off by"]),
    ],
    words: head(document).length,
    rows: found.flatMap(({ key, figure, group, at }) => {
      const { quantile } = figure;
      const values =
        quantile === undefined
          ? ["", ...(shares ?? []).map(() => ""), ""]
          : [quantile.min, ...quantile.quantiles.map(({ value }) => value), quantile.max].map(
              figureText,
            );
      const lack = lackText(figure);
      const told = [
        ...label(document, key, figure),
        ...values,
        lack === "" ? whole(figure.values) : `${whole(figure.values)}; ${lack}`,
      ];
      if (document.exact === null) return [told];
      const check = checkOf(document, group, at);
      if (check === undefined) return [[...told, ""]];
      const exact = ["  exact", ...label(document, key, figure).slice(1)];
      return [
        [...told, errorText(check.error)],
        [...exact, "", ...check.exact.map(figureText), "", "", ""],
      ];
    }),
  };
}

function tops(document: SummariseDocument): SummaryTable[] {
  return rowsOf(figuresOf(document, "top")).map(({ key, figure, group, at }) => {
    const check = checkOf(document, group, at);
    const of = isGrouped(document) ? `, ${document.by ?? ""} ${valueText(key)}` : "";
    const all = figure.top?.values ?? [];
    return {
      title: `most frequent ${figure.path}${of}`,
      head: ["value", "times", "share", ...(check === undefined ? [] : ["exact"])],
      words: 1,
      rows: all.map(({ value, atLeast, atMost }, index) => [
        valueText(value),
        atLeast === atMost ? whole(atLeast) : `${whole(atLeast)} to ${whole(atMost)}`,
        shareText(Number((atMost / figure.values).toPrecision(3))),
        ...(check === undefined ? [] : [whole(check.exact[index] ?? 0)]),
      ]),
    };
  });
}

function checkedHead({ exact }: SummariseDocument): string[] {
  return exact === null ? [] : ["exact", "off by"];
}

function checked(document: SummariseDocument, group: number, at: number): string[] {
  if (document.exact === null) return [];
  const check = checkOf(document, group, at);
  if (check === undefined) return ["", ""];
  return [whole(check.exact[0] ?? 0), errorText(check.error)];
}
