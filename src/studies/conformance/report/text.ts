/** What a conformance study found, as people read it: of values, or of a parser suite. */
import { forMarkdown, forTerminal } from "../../../core/foreign-text.js";
import type { TextOptions } from "../../../report/options.js";
import type { ConformanceDocument, Ledger, SuiteReport } from "../document.js";
import { ledgerMarkdown, ledgerMeaning, ledgerText } from "./ledger.js";
import { suiteMarkdown, suiteMeaning, suiteText } from "./suite.js";

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

export function conformanceHeadline(document: ConformanceDocument): string {
  const { ledger, suite } = partsOf(document);
  return suite === undefined ? ledgerMeaning(ledger) : suiteMeaning(suite);
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
