import type { Selection } from '../client/api-client.ts';
import { silentLogger } from '../logs/logger.ts';
import { Reflector } from '../watching/reflector.ts';
import type { WatchObserver } from '../watching/watch-observer.ts';
import type { ScriptedCluster } from './scripted-cluster.ts';
import { until } from './until.ts';
import { wishType } from './wish-kind.ts';

/** A reflector at work, with what it has told its observer. It waits the longest it might, which no luck can change. */
export function reflecting(
  { client, clock }: ScriptedCluster,
  selection?: Selection,
  type = wishType,
  most?: number,
) {
  const told: string[] = [];
  const observer: WatchObserver = {
    listed: (outcome) => told.push(`listed ${outcome}`),
    ended: (reason) => told.push(`ended ${reason}`),
    heard: () => undefined,
  };
  const random = (): number => 1;
  const options = { client, type, selection, clock, log: silentLogger, observer, random, most };
  const reflector = new Reflector(options);
  const stop = new AbortController();
  const done = reflector.run(stop.signal);
  const end = async (): Promise<void> => {
    stop.abort();
    await done;
  };
  return { store: reflector.store, told, end };
}

/** Waits until the client has heard that so many watches are open; before that, time is that of a call. */
export function watched({ calls }: ScriptedCluster, times = 1): Promise<void> {
  return until(() => calls.filter(({ verb, code }) => verb === 'watch' && code === '200').length === times);
}
