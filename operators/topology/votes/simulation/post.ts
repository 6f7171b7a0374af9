import type { SeededRandom } from '../../../runtime/simulation/seeded-random.ts';
import type { ApiRequest, CentreModel } from './centre-model.ts';

/** Requests on their way to API servers. Nobody waits for an answer: whether one was taken shows in what is read. */
export class Post {
  readonly #random: SeededRandom;
  #sent: { readonly to: CentreModel; readonly request: ApiRequest }[] = [];

  constructor(random: SeededRandom) {
    this.#random = random;
  }

  send(to: CentreModel, requests: readonly ApiRequest[]): void {
    for (const request of requests) this.#sent.push({ to, request });
  }

  /** Any of the requests arrives, is lost, or arrives and is sent once more. */
  deliverOne(): void {
    if (this.#sent.length === 0) return;
    const sent = this.#random.pick(this.#sent);
    if (!this.#random.chance(0.1)) this.#sent.splice(this.#sent.indexOf(sent), 1);
    if (!this.#random.chance(0.1)) sent.to.take(sent.request);
  }

  deliverAll(): void {
    for (const { to, request } of this.#sent) to.take(request);
    this.#sent = [];
  }
}
