/** Says what loads in this runtime, and what facts it makes. */
import { answer } from "../process/answer.js";
import { answerProbe, type ProbeQuestion } from "./probe.js";

await answer((question) => answerProbe(question as ProbeQuestion));
