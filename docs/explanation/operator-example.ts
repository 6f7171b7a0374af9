import {
  StalledError,
  type ControllerDefinition,
  type MakeControllers,
  type Step,
} from '../../operators/runtime/index.ts';
import { wishKind, wishType, type Wish } from '../../operators/runtime/testing/wish-kind.ts';

/** The pure core: a function of facts. Everything that is hard to get right is here, and tested by tables. */
export function double(number: number): number {
  return 2 * number;
}

/** Refuses what the schema lets through and means nothing: the object becomes `Stalled` until somebody changes it. */
const understand: Step<Wish> = ({ spec }) => {
  if (spec.number % 2 === 0) return;
  throw new StalledError(
    'ZB-OPR-001',
    'spec.number',
    'Odd',
    `${spec.number} is odd; only even numbers are granted.`,
  );
};

/** Says what came out. The runtime writes the status once, after the last step, and only where it differs. */
const grant: Step<Wish> = ({ spec, status }) => {
  status.set({ seen: spec.number, doubled: double(spec.number) });
  status.condition('Granted', 'True', 'Doubled', `${spec.number} was doubled.`);
};

/** The controller is data. What it is triggered by besides its own objects would stand in `triggers`. */
export const wishController: ControllerDefinition<Wish> = {
  name: 'wish',
  kind: wishKind,
  triggers: [],
  steps: [understand, grant],
};

/** What the folder exports, and one line in operators/process/modules.ts plugs in. */
export const wishes: MakeControllers = ({ readers }) => {
  readers.of(wishType);
  return { name: 'wishes', controllers: [wishController] };
};
