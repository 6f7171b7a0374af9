import { NOTHING_KNOWN, rulesetOf, type CentreFacts } from './centre-facts.ts';

/** What an {@link Enforcer} acts through. */
export interface EnforcerOptions {
  /** The centre's own pod network, as CIDR. */
  readonly podNetwork: string;
  /** Loads a ruleset whole or not at all. */
  readonly load: (ruleset: string) => Promise<void>;
  /** Gets a line for people about each thing that happened. */
  readonly log: (line: string) => void;
}

/** Milliseconds to wait after a change, since changes come in flocks; and before a load that failed is tried again. */
const DELAY = { gather: 25, retry: 1_000 };

/**
 * Keeps the loaded ruleset equal to what the centre's facts ask for.
 *
 * It starts closed: at power on the kernel may still hold the ruleset from before the cut, made for pods that are gone
 * and whose addresses are given out anew. It opens when all facts have been heard of once. If afterwards a ruleset cannot
 * be made or loaded, the last one stays, so what was forbidden remains so and what was open remains in use; new pods,
 * being unknown to it, stay shut off.
 */
export class Enforcer {
  readonly #options: EnforcerOptions;
  #facts: Partial<CentreFacts> = {};
  #loaded: string | undefined;
  #timer: NodeJS.Timeout | undefined;
  #lastPass: Promise<void> = Promise.resolve();

  constructor(options: EnforcerOptions) {
    this.#options = options;
  }

  /**
   * Shuts the pod network off until the facts are known.
   * @throws what `load` throws: without that first load nothing would be enforced, and nobody would notice
   */
  async close(): Promise<void> {
    const ruleset = rulesetOf(this.#options.podNetwork, NOTHING_KNOWN);
    await this.#options.load(ruleset);
    this.#loaded = ruleset;
    this.#options.log('closed until pods, namespaces and policies are known');
  }

  /** Takes in what has become known. The ruleset follows within a moment. */
  learn(facts: Partial<CentreFacts>): void {
    this.#facts = { ...this.#facts, ...facts };
    this.#schedule(DELAY.gather);
  }

  /** Ends; what is loaded stays. */
  async stop(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#lastPass;
    clearTimeout(this.#timer);
  }

  #schedule(delay: number): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      // One after the other: an older ruleset must not be loaded after a newer one.
      this.#lastPass = this.#lastPass.then(() => this.#pass());
    }, delay);
  }

  async #pass(): Promise<void> {
    const { pods, namespaces, policies, attachments } = this.#facts;
    if (!pods || !namespaces || !policies || !attachments) return;
    const started = performance.now();
    let ruleset: string;
    try {
      ruleset = rulesetOf(this.#options.podNetwork, { pods, namespaces, policies, attachments });
    } catch (error) {
      this.#options.log(`kept the last ruleset, because none can be made of the facts: ${String(error)}`);
      return;
    }
    if (ruleset === this.#loaded) return;
    try {
      await this.#options.load(ruleset);
    } catch (error) {
      this.#options.log(`kept the last ruleset, because the kernel refused the new one: ${String(error)}`);
      this.#schedule(DELAY.retry);
      return;
    }
    this.#loaded = ruleset;
    const took = Math.round(performance.now() - started);
    this.#options.log(`loaded in ${took} ms: ${attachments.length} addresses, ${policies.length} policies`);
  }
}
