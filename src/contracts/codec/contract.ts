/** The contract that every codec passes: the ones that are here by tests, others before they run. */
import type { Codec } from "../../core/codec.js";
import { firstLine } from "../../core/errors.js";
import { valueAt, type Fact } from "../../core/fact.js";
import type { JsonSchema } from "../../core/json-schema.js";
import { SchemaInference } from "../../schema/infer.js";
import { generatorSource } from "../../sources/generator.js";
import { firstBreach, type Rule } from "../breach.js";
import { AWKWARD_FACTS } from "./awkward-facts.js";
import {
  changedBatch,
  changedFact,
  encoded,
  isRefused,
  roundTrip,
  type Pair,
} from "./round-trip.js";
import { wrongAbility, wrongField } from "./shape.js";
import { someFields } from "../../payload/pool.js";

/** A codec that is put to the test. */
export interface Candidate extends Pair {
  /** What its file is called, without the ending. */
  readonly name: string;
}

const source = generatorSource({ seed: 7, from: 1000 });
const schema = source.schema as JsonSchema;
const facts: readonly Fact[] = firstFacts(40);

const reads = (codec: Codec) => codec.abilities.includes("decode");

/** What a codec must do, in the order in which it is looked at. */
export const CONTRACT: readonly Rule<Candidate>[] = [
  {
    rule: "is called as its file is, and says what it is",
    breach: ({ codec, name }) => wrongField(codec, name),
  },
  {
    rule: "does what it declares",
    breach: ({ codec }) => wrongAbility(codec, { schema }),
  },
  {
    rule: "writes something that a known codec reads, if it cannot write itself",
    breach: ({ codec, writer }) => {
      if (!writer.abilities.includes("encode"))
        return "it cannot write, and no writtenBy says who does";
      const fields = ["format", "fileExtension", "framing"] as const;
      const wrong = fields.find((field) => codec[field] !== writer[field]);
      return wrong === undefined ? undefined : `its ${wrong} is not that of ${writer.name}`;
    },
  },
  {
    rule: "gives generated facts back as they were, from its bytes and its sidecar alone",
    isFor: ({ codec }) => reads(codec),
    breach: (pair) => {
      const open = pair.writer.open({ schema });
      if (facts.every((fact) => encoded(open, fact).length === 0)) return "encode writes nothing";
      return changedFact(pair, facts, { schema });
    },
  },
  {
    rule: "gives awkward facts back as they were",
    isFor: ({ codec }) => reads(codec),
    breach: (pair) => {
      const taken = AWKWARD_FACTS.filter((fact) => !isRefused(pair.codec, fact));
      return changedFact(pair, taken, { schema: schemaOf(taken) });
    },
  },
  {
    rule: "gives whole batches back, one after the other",
    isFor: ({ codec }) => codec.layout === "columnar",
    breach: (pair) => changedBatch(pair, [facts, facts.slice(0, 3), facts.slice(20)], { schema }),
  },
  {
    rule: "does not change the facts it is given",
    breach: (pair) => {
      const before = structuredClone(facts);
      roundTrip(pair, facts, { schema });
      const same = JSON.stringify(facts) === JSON.stringify(before);
      return same ? undefined : "it changes the facts it is given to encode";
    },
  },
  {
    rule: "writes the same bytes for the same fact",
    breach: ({ writer }) => {
      const open = writer.open({ schema });
      const [fact] = facts as [Fact];
      encoded(open, fact); // the first may define structures that later ones refer to
      const same = encoded(open, fact).equals(encoded(open, fact));
      return same ? undefined : "it writes other bytes when it encodes a fact again";
    },
  },
  {
    rule: "refuses to open without a schema, if it needs one",
    isFor: ({ codec }) => codec.needsSchema,
    breach: ({ codec }) => {
      try {
        codec.open({});
      } catch (error) {
        const said = firstLine(error);
        return said.includes("needs a schema")
          ? undefined
          : `opened without a schema it says "${said}", not that it needs a schema`;
      }
      return "it needs a schema, and opens without one";
    },
  },
  {
    rule: "projects what decoding would give",
    isFor: ({ codec }) => codec.abilities.includes("project"),
    breach: ({ codec, writer }) => {
      const open = codec.open({ schema });
      const written = writer.open({ schema });
      for (const fact of facts) {
        const fields = [...(source.fields ?? []), ...someFields(fact), ["no", "such", 3]];
        const found = open.project?.(encoded(written, fact), fields) ?? [];
        const wrong = fields.find(
          (path, index) => JSON.stringify(found[index]) !== JSON.stringify(valueAt(fact, path)),
        );
        if (wrong !== undefined) return `it projects something else at ${wrong.join(".")}`;
      }
      return undefined;
    },
  },
  {
    rule: "tells well-formed from broken",
    isFor: ({ codec }) => codec.abilities.includes("validate"),
    breach: ({ codec, writer }) => {
      const open = codec.open({ schema });
      const bytes = encoded(writer.open({ schema }), facts[0] as Fact);
      if (open.validate?.(bytes) !== true) return "it says that well-formed bytes are broken";
      return open.validate(bytes.subarray(0, -1))
        ? "it says that cut-off bytes are well-formed"
        : undefined;
    },
  },
];

/** What a codec breaks first, in one line; `undefined` if it keeps the contract. */
export function contractBreach(candidate: Candidate): Promise<string | undefined> {
  return firstBreach("a codec", CONTRACT, candidate);
}

function firstFacts(count: number): Fact[] {
  const first: Fact[] = [];
  for (const fact of source.facts() as Iterable<Fact>) {
    first.push(fact);
    if (first.length === count) break;
  }
  return first;
}

function schemaOf(some: readonly Fact[]): JsonSchema {
  const inference = new SchemaInference();
  for (const fact of some) inference.observe(fact);
  return inference.result().schema;
}
