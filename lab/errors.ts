import { labCommand } from './lab-command.ts';

/**
 * Every error that a person running the lab can meet, one class and one stable code each. The message says what
 * happened and what to do next; programs look at `code`. Those about files of the lab are in state-errors.ts.
 */
export abstract class LabError extends Error {
  /** `ZB-LAB-nnn`: never reused, never given a second meaning. */
  abstract readonly code: string;

  override get name(): string {
    return this.constructor.name;
  }
}

/** The lab makes network namespaces and mounts, which only root may. */
export class NotRootError extends LabError {
  readonly code = 'ZB-LAB-001';
  constructor() {
    super('The lab makes network namespaces, mounts and cgroups, which needs root: run it with sudo.');
  }
}

/** A name or an address that the instance needs belongs to somebody else on this machine. */
export class NetworkInUseError extends LabError {
  readonly code = 'ZB-LAB-002';
  constructor(instance: string, conflicts: readonly string[]) {
    super(
      `Instance "${instance}" cannot have its network, because this machine already uses:\n` +
        conflicts.map((conflict) => `  - ${conflict}\n`).join('') +
        'Nothing was changed. Remove what is in the way, or give the instance other addresses with --slot N (0 to 29).',
    );
  }
}

/** A command was given for an instance that does not exist on this machine. */
export class NoSuchInstanceError extends LabError {
  readonly code = 'ZB-LAB-003';
  constructor(instance: string, known: readonly string[]) {
    const others = known.length === 0 ? 'There is none on this machine' : `There is: ${known.join(', ')}`;
    super(
      `No lab instance "${instance}" has been started. ${others}. Start it with: ${labCommand(instance)}`,
    );
  }
}

/** Another command holds the instance and did not let go in time. */
export class InstanceBusyError extends LabError {
  readonly code = 'ZB-LAB-004';
  constructor(what: string, holder: string, seconds: number) {
    super(
      `${what} is being worked on by ${holder}, still after ${seconds} s of waiting. ` +
        'Wait for that command to end, or end it (nothing is lost: the next command continues or cleans up).',
    );
  }
}

/** The slot asked for, or every slot, is taken by other instances. */
export class SlotTakenError extends LabError {
  readonly code = 'ZB-LAB-005';
}

/** A component of a centre ends again and again while the centre starts. */
export class ComponentFailingError extends LabError {
  readonly code = 'ZB-LAB-006';
  readonly centre: string;
  readonly component: string;
  constructor(
    instance: string,
    centre: string,
    component: string,
    starts: number,
    lastLines: string,
    logFile: string,
  ) {
    super(
      `${centre}: ${component} ended ${starts} times while the centre was starting. Its last lines:\n` +
        `${lastLines.replace(/^/gm, '  | ')}\n` +
        `All of it: ${logFile}. The centre is left as it is to be looked at; ` +
        `\`${labCommand(instance)}\` tries again, \`${labCommand(instance, 'down')}\` removes it.`,
    );
    this.centre = centre;
    this.component = component;
  }
}

/** A centre did not get as far as it should within the time it was given. */
export class CentreDeadlineError extends LabError {
  readonly code = 'ZB-LAB-007';
  constructor(
    instance: string,
    centre: string,
    awaited: string,
    seconds: number,
    lastSeen: string,
    logDirectory: string,
  ) {
    super(
      `${centre}: ${awaited} not reached within ${seconds} s (last seen: ${lastSeen}). Logs: ${logDirectory}. ` +
        `The centre is left as it is; \`${labCommand(instance)}\` goes on waiting, \`${labCommand(instance, 'down')}\` removes it.`,
    );
  }
}

/** A program of the machine (ip, nft, openssl, …) refused. */
export class CommandFailedError extends LabError {
  readonly code = 'ZB-LAB-008';
  /** Exit code, or undefined when it was killed or could not be started. */
  readonly exitCode: number | undefined;
  /** What it printed on stderr. */
  readonly stderr: string;
  constructor(command: readonly string[], exitCode: number | undefined, stderr: string, cause?: unknown) {
    super(
      `\`${command.join(' ')}\` ${exitCode === undefined ? 'did not run to its end' : `ended with ${exitCode}`}: ` +
        (stderr.trim() === '' ? String(cause) : stderr.trim()),
      { cause },
    );
    this.exitCode = exitCode;
    this.stderr = stderr;
  }
}

/** This machine lacks something that no package can add. */
export class HostUnfitError extends LabError {
  readonly code = 'ZB-LAB-009';
  constructor(missing: readonly string[]) {
    super(`The lab cannot run on this machine:\n${missing.map((line) => `  - ${line}`).join('\n')}`);
  }
}

/** `down` or `power off` could not remove everything. */
export class LeftBehindError extends LabError {
  readonly code = 'ZB-LAB-010';
  constructor(instance: string, subject: string, words: string, remains: readonly string[]) {
    super(
      `${subject} is down, but this is left and could not be removed:\n` +
        remains.map((line) => `  - ${line}\n`).join('') +
        `Run \`${labCommand(instance, words)}\` again; if it stays, something outside the lab is holding it.`,
    );
  }
}

/** A word of the command line is not acceptable. */
export class UsageError extends LabError {
  readonly code = 'ZB-LAB-012';
}

/** The command needs a running centre, and the power of this one is off. */
export class PowerOffError extends LabError {
  readonly code = 'ZB-LAB-014';
  constructor(centre: string, instance: string) {
    super(`Centre ${centre} has no power. Turn it on: ${labCommand(instance, `power on ${centre}`)}`);
  }
}

/** cdktf or Terraform did not bring the site into every centre, or out of it. */
export class DeploymentError extends LabError {
  readonly code = 'ZB-LAB-015';
  constructor(verb: 'deploy' | 'destroy', site: string, errors: readonly string[], log: string) {
    const said = errors.length === 0 ? ['it gave no reason'] : errors;
    super(
      `\`cdktf ${verb}\` of ${site} did not reach every centre:\n` +
        said.map((line) => `  - ${line}\n`).join('') +
        `Everything it printed: ${log}. What was ${verb === 'deploy' ? 'deployed' : 'destroyed'} stays so; the next run goes on from there.`,
    );
  }
}

/** A delay was written down, and its proxy has not taken it up. */
export class LinkDeadlineError extends LabError {
  readonly code = 'ZB-LAB-019';
  constructor(instance: string, from: string, to: string, seconds: number) {
    super(
      `The delay from ${from} to ${to} did not take effect within ${seconds} s. ` +
        `Look at: ${labCommand(instance, `logs ${from} delay-to-${to}`)}`,
    );
  }
}
