import type { SimulatedProcess } from '../simulated-process.ts';
import { CALM, stormIn } from '../weather.ts';
import type { World } from '../world.ts';

/** Lets processes die and freeze, the weather change, and the server forget what happened, until a moment. */
export function letThingsGoWrong(
  world: World,
  centre: string,
  processes: readonly SimulatedProcess[],
  until: number,
): void {
  const { random } = world;
  world.weather = stormIn(random);
  world.later(until, () => {
    world.note('the weather calms down');
    world.weather = CALM;
  });
  const act = (): void => {
    if (world.clock.elapsed() >= until) return;
    const process = random.pick(processes);
    const what = random.below(5);
    if (what === 0) process.kill();
    else if (what === 1) process.stop();
    else if (what === 2) process.freeze(random.between(10, 25_000));
    else if (what === 3) {
      world.note('the server forgets what happened');
      world.server(centre).log.compact();
    } else world.weather = stormIn(random);
    world.later(random.between(500, 15_000), act);
  };
  world.later(random.between(500, 15_000), act);
}
