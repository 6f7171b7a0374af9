import type { Dispatcher } from 'undici';

/** Longest object that is read, and longest body that is held as a whole, in bytes: twelve times what etcd takes of one. */
export const LONGEST_OBJECT = 16 * 2 ** 20;

/**
 * The body of an answer, read within bounds: a server that is broken or hostile (each centre reads the others) must not fill
 * the memory of whoever asks it.
 */
export class AnswerBody implements AsyncIterable<Buffer> {
  readonly #body: Dispatcher.ResponseData['body'];

  constructor(body: Dispatcher.ResponseData['body']) {
    this.#body = body;
  }

  /** Its bytes as they arrive, without bounds: whoever reads them keeps what it chooses. */
  [Symbol.asyncIterator](): AsyncIterator<Buffer> {
    return (this.#body as AsyncIterable<Buffer>)[Symbol.asyncIterator](); // of bytes, unless an encoding is set
  }

  /** All of it as text. @throws RangeError where it is longer than any answer that is held as a whole */
  async text(): Promise<string> {
    const chunks: Buffer[] = [];
    let length = 0;
    for await (const chunk of this) {
      length += chunk.length;
      if (length > LONGEST_OBJECT) throw new RangeError(`a body is longer than ${LONGEST_OBJECT} bytes`);
      chunks.push(chunk);
    }
    return Buffer.concat(chunks).toString();
  }

  /** All of it, parsed. @throws RangeError, SyntaxError */
  async json(): Promise<unknown> {
    return JSON.parse(await this.text());
  }

  /** Takes it from the wire and looks at nothing, so that the connection can be used again. */
  async dump(): Promise<void> {
    await this.#body.dump();
  }
}
