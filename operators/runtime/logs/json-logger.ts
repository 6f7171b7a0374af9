import { pino, type DestinationStream, type Logger as Pino } from 'pino';
import type { LogFields, Logger } from './logger.ts';
import { redact, redactText } from './redaction.ts';

/** From the most talkative to the quietest. */
export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const;

/** How much is logged: lines of this level and above. */
export type LogLevel = (typeof LOG_LEVELS)[number];

/** A log whose level can be changed while it is in use, for all loggers made from it. */
export interface JsonLog {
  readonly logger: Logger;
  level: LogLevel;
}

/** Where log lines go. Nothing else in the program writes to it. */
export interface JsonLogOptions {
  readonly level: LogLevel;
  /** On every line: which centre, which pod. */
  readonly fields: LogFields;
  readonly destination: DestinationStream;
  /** Wall-clock time, in milliseconds. */
  readonly now: () => number;
}

/**
 * The structured log over pino: `{"level":"info","time":"2026-11-23T04:00:00.000Z","centre":…,"message":…}` a line.
 * Everything passes the redaction, messages too.
 */
export function openJsonLog({ level, fields, destination, now }: JsonLogOptions): JsonLog {
  const threshold = { level };
  const lines = pino(
    {
      // The threshold is ours: a child of pino keeps the level that its parent had when it was made.
      level: 'debug',
      base: redactFields(fields),
      messageKey: 'message',
      // What it would do to a field `err` was done by the redaction, to errors under any name.
      serializers: { err: (value: unknown) => value },
      timestamp: () => `,"time":"${new Date(now()).toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
    },
    destination,
  );
  return {
    logger: new RedactingLogger(lines, threshold),
    get level() {
      return threshold.level;
    },
    set level(next) {
      threshold.level = next;
    },
  };
}

class RedactingLogger implements Logger {
  readonly #lines: Pino;
  readonly #threshold: { readonly level: LogLevel };

  constructor(lines: Pino, threshold: { readonly level: LogLevel }) {
    this.#lines = lines;
    this.#threshold = threshold;
  }

  debug(message: string, fields?: LogFields): void {
    this.#write('debug', message, fields);
  }

  info(message: string, fields?: LogFields): void {
    this.#write('info', message, fields);
  }

  warn(message: string, fields?: LogFields): void {
    this.#write('warn', message, fields);
  }

  error(message: string, fields?: LogFields): void {
    this.#write('error', message, fields);
  }

  child(fields: LogFields): Logger {
    return new RedactingLogger(this.#lines.child(redactFields(fields)), this.#threshold);
  }

  #write(level: LogLevel, message: string, fields: LogFields = {}): void {
    if (LOG_LEVELS.indexOf(level) < LOG_LEVELS.indexOf(this.#threshold.level)) return;
    this.#lines[level](redactFields(fields), redactText(message));
  }
}

function redactFields(fields: LogFields): Record<string, unknown> {
  return redact(fields) as Record<string, unknown>; // an object of fields stays one
}
