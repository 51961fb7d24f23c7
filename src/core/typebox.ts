/**
 * All that is used of TypeBox. The build replaces this file's JavaScript by one with TypeBox inside
 * (`npm run build:typebox`): its 680 modules took three quarters of the time that a command needs
 * to start.
 */
export { Type, type Static, type TSchema } from "typebox";
export { Compile } from "typebox/compile";
export { Value } from "typebox/value";
