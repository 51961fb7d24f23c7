import { HellfactError } from "../../../core/errors.js";
import { Client } from "../../../process/client.js";
import { pinned } from "./pinned.js";
import type { Turn, VariantName, VariantPlan, VariantReady, VariantRequest } from "./plan.js";

/** Longer than any pass over a pool takes. */
const PATIENCE_SECONDS = 120;

/** A process that holds one variant of a pair, or both. It does nothing until it is asked. */
export class VariantProcess {
  private readonly client: Client;

  /**
   * @param isShared whether both variants of a pair are opened in it
   * @param core the only one that it may run on, where that can be told to the system; `null` for any
   */
  constructor(
    private readonly isShared: boolean,
    private readonly core: number | null,
    private readonly signal: AbortSignal,
  ) {
    this.client = new Client(new URL("./variant-process.js", import.meta.url), {
      flags: isShared ? ["--expose-gc"] : [],
    });
  }

  /** Rejects with a `HellfactError` that says what is wrong with the variant. */
  async open(name: VariantName, plan: VariantPlan): Promise<VariantReady> {
    if (this.core !== null) await pinned(this.client.pid, this.core);
    return this.ask<VariantReady>({ kind: "open", name, plan, isShared: this.isShared });
  }

  /** Lets a variant work on so many facts, from where it stopped. */
  turn(name: VariantName, facts: number): Promise<Turn> {
    return this.ask<Turn>({ kind: "turn", name, facts });
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
