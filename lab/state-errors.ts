/** What can be wrong with the files in which the lab keeps an instance. Codes go on from errors.ts. */
import { LabError } from './errors.ts';
import { labCommand } from './lab-command.ts';

/** The state file of an instance cannot be understood. */
export class BadStateError extends LabError {
  readonly code = 'ZB-LAB-011';
  constructor(file: string, instance: string, reason: string) {
    super(
      `${file} does not describe lab instance "${instance}" (${reason}). ` +
        `\`${labCommand(instance, 'down')}\` removes the instance with its data, and the next start makes a new one.`,
    );
  }
}

/** The instance keeps its data where there is too little room. */
export class DiskFullError extends LabError {
  readonly code = 'ZB-LAB-013';
  constructor(directory: string, freeMebibytes: number, neededMebibytes: number) {
    super(
      `${directory} has ${freeMebibytes} MiB free; starting the lab takes ${neededMebibytes} MiB. Make room, ` +
        'or set ZAIBEI_STATE to a folder on another disk. Nothing was started.',
    );
  }
}

/** Where the folder of the instance would be, there is a file, or a folder that the lab did not make. */
export class ForeignFolderError extends LabError {
  readonly code = 'ZB-LAB-016';
  constructor(directory: string) {
    super(
      `${directory} was not made by the lab, which therefore neither uses nor deletes it. Nothing was changed. ` +
        'Set ZAIBEI_STATE to a folder that is for the lab alone, or move what is there away.',
    );
  }
}

/** The instance of that name runs, and keeps its data in another state folder. */
export class OtherStateError extends LabError {
  readonly code = 'ZB-LAB-017';
  constructor(instance: string, own: string, running: string) {
    super(
      `Instance "${instance}" runs with its data in ${running}, and this command is about ${own}. Nothing was changed. ` +
        'Repeat it with ' +
        `ZAIBEI_STATE=${running.slice(0, running.lastIndexOf('/'))}, or choose another name with --instance NAME.`,
    );
  }
}

/** The settings of the links cannot be understood. */
export class BadLinksError extends LabError {
  readonly code = 'ZB-LAB-018';
  constructor(file: string, reason: string) {
    super(
      `${file} does not say how the links are (${reason}). ` +
        'Delete that file and no other: all links are then whole, as after `link heal`, and no data is lost.',
    );
  }
}

/** `$ZAIBEI_STATE` is no folder, or one in which nothing can be written. */
export class UnusableStateError extends LabError {
  readonly code = 'ZB-LAB-020';
  constructor(state: string, cause: unknown) {
    super(
      `The lab cannot keep anything in ${state}: ${cause instanceof Error ? cause.message : String(cause)}. ` +
        'Set ZAIBEI_STATE to a folder that can be made or written, or unset it. Nothing was started.',
      { cause },
    );
  }
}
