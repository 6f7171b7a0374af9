import { Command } from 'commander';
import { Bandwidth } from '../../operators/api/values/bandwidth.ts';
import { changeLink, type LinkChange } from '../commands/link.ts';
import { switchOff, switchOn } from '../commands/power.ts';
import { describeLink } from '../commands/status-table.ts';
import { requireCentre } from '../instance.ts';
import { linkKey } from '../network/link-settings.ts';
import { portNumbers, roundTrip } from './option-values.ts';
import { knownInstance, machineNamed, type Session } from './session.ts';

/** `power` and `link`: what a drill does to the lab. */
export function disasterCommands(session: Session): readonly Command[] {
  return [powerCommand(session), linkCommand(session)];
}

function powerCommand(session: Session): Command {
  const { progress, signal } = session;
  const power = new Command('power').description('turn a centre on, or pull its plug');
  power
    .command('off <centre>')
    .description('everything in it ends at once; its disks stay as they are')
    .action(async (name: string) => {
      const wasOn = await switchOff(await machineNamed(session, name), progress);
      progress.say(name, wasOn ? 'is off' : 'was off already');
    });
  power
    .command('on <centre>')
    .description('start it again, and wait until it is ready')
    .action(async (name: string) => {
      const wasOff = await switchOn(await machineNamed(session, name), progress, signal);
      progress.say(name, wasOff ? 'is on' : 'was on already');
    });
  return power;
}

function linkCommand(session: Session): Command {
  const change = async (a: string, b: string, what: LinkChange): Promise<void> => {
    const { instance } = await knownInstance(session);
    const settings = await changeLink(instance, [a, b], what, session.progress);
    const link = linkKey(requireCentre(instance, a), requireCentre(instance, b));
    process.stdout.write(`${describeLink({ link, ...settings })}\n`);
  };
  const link = new Command('link').description(
    'change the link between two centres, until it is changed again',
  );
  link
    .command('cut <a> <b>')
    .description('nothing passes, in either direction')
    .action((a: string, b: string) => change(a, b, { cut: true }));
  link
    .command('heal <a> <b>')
    .description('end a cut, a limit and a delay')
    .action((a: string, b: string) =>
      change(a, b, { cut: false, bitsPerSecond: undefined, delay: undefined }),
    );
  link
    .command('throttle <a> <b> <rate>')
    .description('let no more through than a rate such as 20Mbit')
    .action((a: string, b: string, rate: string) =>
      change(a, b, { bitsPerSecond: Bandwidth.parse(rate).bitsPerSecond }),
    );
  link
    .command('delay <a> <b> <duration>')
    .description(
      'add a duration such as 15ms to every round trip of TCP connections to some ports of the nodes',
    )
    .requiredOption('--ports <ports>', 'which, separated by commas: 6443,30432', portNumbers)
    .action((a: string, b: string, duration: string, { ports }: { ports: [number, ...number[]] }) =>
      change(a, b, { delay: { roundTripMs: roundTrip(duration), ports } }),
    );
  return link;
}
