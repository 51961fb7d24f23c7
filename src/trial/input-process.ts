/** The process that measures what reading an input takes: takes a question, answers, and ends. */
import { answer } from "../process/answer.js";
import { measureInputCost, type InputQuestion } from "./input-cost.js";

await answer((question) => measureInputCost(question as InputQuestion));
