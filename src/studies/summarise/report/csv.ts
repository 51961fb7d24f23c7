import { stringify } from "csv-stringify/sync";
import { forCsv, jsonText } from "../../../core/foreign-text.js";
import type { SummariseDocument } from "../document.js";
import { checkOf } from "./words.js";

/** A line for each figure's value, in full, with its bounds and what is exact where that is known. */
export function summariseCsv(document: SummariseDocument): string {
  const { by, groups } = document;
  const lines = groups.flatMap(({ key, facts, figures }, group) =>
    figures.flatMap((figure, at) => {
      const check = checkOf(document, group, at);
      const base = forCsv({
        ...(by !== null && { [by]: key === null ? "" : String(key), facts }),
        ...{ path: figure.path, kind: figure.kind, values: figure.values, nulls: figure.nulls },
      });
      return valuesOf(figure).map((value, index) => ({
        ...base,
        ...value,
        ...(document.exact !== null && { exact: check?.exact[index] ?? "" }),
      }));
    }),
  );
  return stringify(lines, { header: true });
}

function valuesOf(figure: SummariseDocument["groups"][number]["figures"][number]) {
  const { kind, values, unique, quantile, top } = figure;
  switch (kind) {
    case "count":
      return [{ of: "", value: values, low: values, high: values }];
    case "unique":
      return [{ of: "", value: unique?.count, low: unique?.low, high: unique?.high }];
    case "quantile":
      return (quantile?.quantiles ?? []).map(({ share, value }) => {
        const off = Math.abs(value) * (quantile?.accuracy ?? 0);
        return { of: String(share), value, low: value - off, high: value + off };
      });
    case "top":
      return (top?.values ?? []).map(({ value, atLeast, atMost }) => ({
        ...{ of: jsonText(value), value: atMost, low: atLeast, high: atMost },
      }));
  }
}
