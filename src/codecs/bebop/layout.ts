import type { Field, Value } from "../../schema/fields.js";

/** How the fields of an object are laid out, by their places in the list of fields. */
export interface Layout {
  /** A struct's: always there, one behind the other. */
  readonly always: readonly Field[];
  /** Messages' behind it, each with numbers from 1 to at most 255. */
  readonly messages: readonly (readonly Field[])[];
}

const MOST_IN_MESSAGE = 255;

export function layoutOf(fields: readonly Field[]): Layout {
  const sometimes = fields.filter(({ absence }) => absence !== "never");
  const messages: Field[][] = [];
  for (let first = 0; first < sometimes.length; first += MOST_IN_MESSAGE) {
    messages.push(sometimes.slice(first, first + MOST_IN_MESSAGE));
  }
  return { always: fields.filter(({ absence }) => absence === "never"), messages };
}

/** The message around an item that may be null. */
export function boxField({ type }: Value): Field {
  return { key: "value", type, absence: "null" };
}
