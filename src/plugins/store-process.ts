/** The process in which a user's store is looked at: takes a file, tells what is wrong with what it exports. */
import { serve } from "../process/serve.js";
import { importModule } from "./import-module.js";

const isText = (value: unknown) => typeof value === "string" && value !== "";
const isFunction = (value: unknown) => typeof value === "function";

/** What each field of a store must be, in words and as a test. */
const FIELDS: readonly (readonly [string, string, (value: unknown) => boolean])[] = [
  ["name", "a text", isText],
  ["methods", "a list of its ways to load", Array.isArray],
  ["lookUps", "a list of its ways to look up", Array.isArray],
  ["defaultMethod", "the name of a method", isText],
  ["jsonKinds", "a list of its types for documents", Array.isArray],
  ["documentText", "a function", isFunction],
  ["driver", "a function", isFunction],
  ["open", "a function", isFunction],
];

serve(async (file: string): Promise<string | null> => {
  const { default: store } = await importModule(file);
  if (typeof store !== "object" || store === null) return "has no store as its default export";
  const wrong = FIELDS.find(([field, , test]) => !test((store as Record<string, unknown>)[field]));
  return wrong === undefined
    ? null
    : `has no store as its default export: its ${wrong[0]} must be ${wrong[1]}`;
});
