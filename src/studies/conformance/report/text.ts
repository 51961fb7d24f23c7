/** What a conformance study found, as people read it: of values, or of a parser suite. */
import { forMarkdown, forTerminal } from "../../../core/foreign-text.js";
import type { TextOptions } from "../../../report/options.js";
import type { ConformanceDocument, Ledger, SuiteReport } from "../document.js";
import type { Grid } from "./grid.js";
import {
  LEDGER_LEGEND,
  ledgerGrid,
  ledgerMarkdown,
  ledgerSentences,
  ledgerText,
} from "./ledger.js";
import { suiteGrid, suiteLegend, suiteMarkdown, suiteMeaning, suiteText } from "./suite.js";

export function conformanceText(given: ConformanceDocument, options: TextOptions): string {
  const document = forTerminal(given);
  const { ledger, suite } = partsOf(document);
  return suite === undefined ? ledgerText(ledger, options) : suiteText(suite, options);
}

export function conformanceMarkdown(given: ConformanceDocument): string {
  const document = forMarkdown(given);
  const { ledger, suite } = partsOf(document);
  return suite === undefined ? ledgerMarkdown(ledger) : suiteMarkdown(suite);
}

/** In one sentence. */
export function conformanceHeadline(document: ConformanceDocument): string {
  return conformanceSentences(document)[0] ?? "";
}

/** What it comes to in a sentence, and what that is made up of. */
export function conformanceSentences(document: ConformanceDocument): readonly string[] {
  const { ledger, suite } = partsOf(document);
  return suite === undefined ? ledgerSentences(ledger) : [suiteMeaning(suite)];
}

/** What became of each value in each codec, or of each case in each decoder, as marks. */
export function conformanceGrid(document: ConformanceDocument): Grid {
  const { ledger, suite } = partsOf(document);
  return suite === undefined ? ledgerGrid(ledger) : suiteGrid(suite);
}

/** What the marks mean. */
export function conformanceLegend(document: ConformanceDocument): readonly string[] {
  const { suite } = partsOf(document);
  return suite === undefined ? LEDGER_LEGEND : suiteLegend(suiteGrid(suite));
}

function partsOf({ node, values, codecs, cases, decoders }: ConformanceDocument): {
  readonly ledger: Ledger;
  readonly suite: SuiteReport | undefined;
} {
  return {
    ledger: { node, values: values ?? [], codecs: codecs ?? [] },
    suite: cases === undefined ? undefined : { node, cases, decoders: decoders ?? [] },
  };
}
