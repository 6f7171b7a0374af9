import { ApiError } from '../../errors/api-error.ts';
import type { Wire } from './memory-client.ts';

/** A wire without delay and fault. Changes do not go over it: what listens to the server hears them at once. */
export const directWire: Wire = {
  exchange: async (call, { signal }, serve) => {
    await Promise.resolve();
    if (signal?.aborted === true)
      throw new ApiError(call, { reason: 'Aborted', message: 'its caller gave up.' });
    return serve();
  },
  stream: () => {
    throw new Error('the direct wire carries no watches; give objects to a TestOperator instead');
  },
};
