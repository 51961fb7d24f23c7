/**
 * All that is used of TypeBox. The build replaces this file's JavaScript by one with TypeBox inside
 * (`npm run build:typebox`): its 680 modules took three quarters of the time that a command needs
 * to start. What is named here is inside, and nothing else.
 */
export * as Type from "./typebox/builders.js";
export type { Static, TSchema } from "typebox/type";
export { Compile } from "typebox/schema";
