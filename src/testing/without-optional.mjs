/** Loaded by `npm run test:without-optional`: no optional package is found, as where none could be installed. */
import { readFileSync } from "node:fs";
import * as module from "node:module";

const { optionalDependencies } = JSON.parse(
  readFileSync(new URL("../../package.json", import.meta.url), "utf8"),
);
const hooks = `
const absent = new Set(${JSON.stringify(Object.keys(optionalDependencies))});
const nameOf = (specifier) => specifier.split("/").slice(0, specifier.startsWith("@") ? 2 : 1).join("/");
export function resolve(specifier, context, next) {
  if (!absent.has(nameOf(specifier))) return next(specifier, context);
  const message = "Cannot find package '" + specifier + "' imported from " + context.parentURL;
  throw Object.assign(new Error(message), { code: "ERR_MODULE_NOT_FOUND" });
}`;
const url = `data:text/javascript,${encodeURIComponent(hooks)}`;
// Newer versions of Node have hooks in the same thread, and warn of the others.
if ("registerHooks" in module) module.registerHooks(await import(url));
else module.register(url);
