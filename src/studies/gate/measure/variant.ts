import { HellfactError } from "../../../core/errors.js";
import { Client } from "../../../process/client.js";
import type { Turn, VariantPlan, VariantReady, VariantRequest } from "./plan.js";

/** Longer than any pass over a pool takes. */
const PATIENCE_SECONDS = 120;

/** A process that holds one variant of a pair. It does nothing until it is asked. */
export class VariantProcess {
  private readonly client = new Client(new URL("./variant-process.js", import.meta.url));

  constructor(private readonly signal: AbortSignal) {}

  /** Rejects with a `HellfactError` that says what is wrong with the variant. */
  open(plan: VariantPlan): Promise<VariantReady> {
    return this.ask<VariantReady>({ kind: "open", plan });
  }

  /** Lets the variant work on so many facts, from where it stopped. */
  turn(facts: number): Promise<Turn> {
    return this.ask<Turn>({ kind: "turn", facts });
  }

  close(): void {
    this.client.close();
  }

  private async ask<Answer>(request: VariantRequest): Promise<Answer> {
    const patience = { patienceSeconds: PATIENCE_SECONDS, signal: this.signal };
    const asked = await this.client.ask<Answer>(request, patience);
    if ("reason" in asked) throw new HellfactError(asked.reason);
    return asked.answer;
  }
}
