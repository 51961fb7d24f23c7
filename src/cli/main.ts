#!/usr/bin/env node
/** Where `hellfact` begins: a process that is to stay small has to say so before all else is loaded. */
import { keepHeapSmall } from "./small-heap.js";

if (process.argv[2] === "summarise") keepHeapSmall();
await import("./command-line.js");
