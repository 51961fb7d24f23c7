/** How a comparison becomes part of a page. */
import type { ResultDocument, SweepDocument } from "../document.js";
import { isSweep } from "../sweep/curves.js";
import { runtimesIn } from "../../../trial/runtimes.js";
import { markup } from "../../../report/page/markup.js";
import { sectionsBy, type PageForm, type SectionMaker } from "../../../report/page/section.js";
import { rooflineSection } from "../disk/page.js";
import { causalSection } from "./causal.js";
import { ceilingsSection } from "./ceilings.js";
import { firstScreen, subtitle } from "./first-screen.js";
import { measuredSection } from "./measured.js";
import { ratesSection } from "./rates.js";
import { sideBySide } from "./side-by-side.js";
import { sizeSection } from "./size.js";
import { stagesSection } from "./stages.js";
import { sweepFirstScreen, sweepSection } from "./sweep.js";

/** The parts of a comparison's page, in their order. A part without data is not there. */
const COMPARISON: readonly SectionMaker<ResultDocument>[] = [
  ratesSection,
  sizeSection,
  rooflineSection,
  stagesSection,
  ceilingsSection,
  causalSection,
  measuredSection,
];

/** The parts of a sweep's page: nothing that speaks of one value without saying which. */
const SWEEP: readonly SectionMaker<SweepDocument>[] = [
  sweepSection,
  ceilingsSection,
  causalSection,
  measuredSection,
];

/** More scenarios than this make no page that anybody reads. */
const MAX_SCENARIOS = 500;

export const comparisonPage: PageForm<ResultDocument> = {
  problem: ({ scenarios }) =>
    scenarios.length <= MAX_SCENARIOS
      ? undefined
      : `has ${scenarios.length} scenarios, and a page takes ${MAX_SCENARIOS}. Take --format csv, or compare fewer.`,
  title: () => "Which codec for this event pipeline?",
  subject: (document) => {
    const { payload, scenarios } = document;
    const runtimes = runtimesIn(scenarios);
    return [
      `of ${payload.source}`,
      ...(isSweep(document) ? [`over ${document.sweep.parameter}`] : []),
      ...(runtimes.length > 1 ? [`on ${runtimes.join(", ")}`] : []),
    ].join(", ");
  },
  subtitle,
  firstScreen: (document, added) =>
    isSweep(document) ? sweepFirstScreen(document, added) : firstScreen(document, added),
  sections: (document, context) =>
    isSweep(document)
      ? sectionsBy(SWEEP, document, context)
      : sectionsBy(COMPARISON, document, context),
  codecs: ({ scenarios }) => scenarios.map(({ codec }) => codec),
  beside(all) {
    const plain = all.filter(({ document }) => !isSweep(document));
    return plain.length < 2 ? undefined : markup`${sideBySide(plain)}`;
  },
};
