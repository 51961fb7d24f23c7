export { Slab } from "../core/slab.js";
