/** Where a manager stops: the answer, what binds, what to take. */
import type { ResultDocument } from "../document.js";
import { conclusionOf, undecidedSentence } from "../report/conclusion.js";
import { broken } from "../../../report/layout.js";
import { bytes } from "../../../report/numbers.js";
import { paretoSentences } from "../report/pareto.js";
import { rowsOf } from "../report/rows.js";
import { bestsOf, recommendation, type Best } from "../report/recommendation.js";
import { WORDS } from "../../../report/verdict.js";
import { comparisonVerdict, judgedWrites } from "../report/verdict.js";
import { card, day } from "../../../report/page/card.js";
import { unfolding } from "../../../report/page/figure.js";
import { markup, type Markup } from "../../../report/page/markup.js";
import { bullets } from "../../../report/page/table.js";

const PURPOSES: Record<Best["purpose"], string> = {
  write: "Fastest to write",
  read: "Fastest to read back",
  store: "Smallest on disk",
};

/**
 * The answer of a comparison in a sentence, three figures and a verdict.
 *
 * @param cost what its load would cost, where that was worked out
 */
export function firstScreen(document: ResultDocument, cost?: Markup): Markup {
  const [binds = "", ...changes] = comparisonVerdict(document);
  const [word, because] = splitOnce(binds, ": ");
  // What stands beside its chart further down is not told here.
  const rows = rowsOf(document);
  const below = new Set([undecidedSentence(rows), ...paretoSentences(rows)]);
  const main = conclusionOf(document).filter((sentence) => !below.has(sentence));
  const [answer = "Nothing could be measured; below is why.", besides] = recommendation(document);
  const found = [...main, ...changes, ...verdictCounts(document)]
    .filter((sentence) => !(answer.startsWith("Nothing is") && UNDECIDED.test(sentence)))
    .map(broken);
  const shown = MOST_SENTENCES - (besides === undefined ? 1 : 2);
  return markup`<p class="answer">${answer}</p>
${besides === undefined ? undefined : markup`<p class="besides">${besides}</p>`}
${document.complete ? undefined : markup`<p class="warning">Stopped before every trial was made: these are partial results.</p>`}
<div class="cards">
${bestsOf(document).map((best) => bestCard(best))}
${binds === "" ? undefined : card("What binds", word, because)}
</div>
${cost}
${bullets(found.slice(0, shown))}
${found.length > shown ? unfolding("What else is to be said", markup`${bullets(found.slice(shown))}`) : undefined}`;
}

/** More than these before the first chart are not read. */
const MOST_SENTENCES = 5;
/** What the answer has said already, where nothing won. */
const UNDECIDED = /^Nothing (?:writes|reads) significantly faster/;

/** How many writes are bound by what. */
function verdictCounts(document: ResultDocument): string[] {
  const words = judgedWrites(document).map(({ verdict }) => WORDS[verdict.kind]);
  if (words.length < 2) return [];
  const counts = [...new Set(words)].map(
    (word) => `${words.filter((other) => other === word).length} ${word}`,
  );
  return [`What binds ${words.length} ways to write: ${counts.join(", ")}.`];
}

/** Who is best; of several that may be equal it says that first. */
function bestCard({ purpose, names, figure }: Best): Markup {
  const [name = "", ...others] = names;
  if (others.length === 0) return card(PURPOSES[purpose], name, figure);
  return card(PURPOSES[purpose], "undecided", `${names.join(" ≈ ")}: up to ${figure}`);
}

function splitOnce(text: string, at: string): [string, string] {
  const place = text.indexOf(at);
  return place < 0 ? [text, ""] : [text.slice(0, place), text.slice(place + at.length)];
}

/** What was compared, where and when, in a line. */
export function subtitle({ environment, payload, createdAt }: ResultDocument): string {
  return (
    `${payload.facts} facts of ${payload.source}, ${bytes(payload.jsonBytesPerFact)} of JSON each, ` +
    `on ${environment.cpuModel}, ${environment.cores} cores, Node ${environment.node}; ${day(createdAt)}`
  );
}
