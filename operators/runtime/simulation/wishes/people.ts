import { wish, wishType } from '../../testing/wish-kind.ts';
import type { World } from '../world.ts';

const NAMES = ['one', 'two', 'three', 'four'];

/** People who wish, change their minds, withdraw, and meddle; each change with a number that never was before. */
export function letPeopleWish(world: World, centre: string, until: number): void {
  const { random } = world;
  const server = world.server(centre);
  let number = 0;
  const act = (): void => {
    if (world.clock.elapsed() >= until) return;
    const name = random.pick(NAMES);
    const key = `tenant/${name}`;
    const present = server.find(wishType, key);
    number += 1;
    // What no schema of this program takes: another version of zaibei may have let it in.
    const wished = wish(name, random.chance(0.1) ? -number : number);
    const what = random.next();
    if (present === undefined || what < 0.6) {
      world.note(`people wish ${key} = ${String((wished.spec as { number: number }).number)}`);
      server.apply(wishType, wished, 'people');
    } else if (what < 0.75) {
      world.note(`people withdraw ${key}`);
      server.delete(wishType, present);
    } else if (what < 0.9) {
      world.note(`people label ${key}`);
      const labels = { note: `n${number}` };
      server.replace(wishType, { ...present, metadata: { ...present.metadata, labels } });
    } else {
      world.note(`somebody wipes the status of ${key}`);
      server.applyStatus(wishType, { ...wished, status: {} }, 'zaibei-wish');
    }
    world.later(random.between(1, random.chance(0.3) ? 10_000 : 500), act);
  };
  world.later(random.between(1, 5_000), act);
}
