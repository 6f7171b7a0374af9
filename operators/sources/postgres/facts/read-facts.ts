import type { z } from 'zod';
import { SourceError } from '../../source-error.ts';
import type { CallLimits, SourceConnection } from '../connection/source-connection.ts';
import { known, mapFact, unknown, type Fact } from './fact.ts';
import {
  COMMIT_OVERRIDES,
  CONTROL,
  DATABASES,
  LIBRARIES,
  SERVER,
  SETTING_VALUES,
  SLOTS,
  WAL_BYTES,
  WAL_SENDERS,
  type FactQuery,
} from './fact-queries.ts';
import { SETTINGS, type PostgresFacts, type SettingName } from './postgres-facts.ts';

/**
 * Reads what is known of an instance, each question with the deadline for itself. What cannot be read is unknown with its
 * reason; once the connection is gone, everything that was not read before is.
 * @param now wall-clock milliseconds at which reading begins
 * @throws the reason of the signal when it is aborted
 */
export async function readFacts(
  connection: SourceConnection,
  now: number,
  limits: CallLimits,
): Promise<PostgresFacts> {
  const ask = async <Row>(query: FactQuery<Row>, values: readonly unknown[] = []): Promise<Fact<Row[]>> => {
    try {
      return known(await connection.query(query.row, query.text, limits, values));
    } catch (error) {
      limits.signal?.throwIfAborted();
      return unknown(whyNot(error));
    }
  };
  const one = async <Row>(query: FactQuery<Row>): Promise<Fact<Row>> => first(await ask(query));
  const { certificateExpires } = connection;
  // One after the other: a connection has one statement at a time.
  return {
    takenAt: now,
    server: await one(SERVER),
    settings: byName(await ask(SETTING_VALUES, [SETTINGS])),
    control: await one(CONTROL),
    slots: await ask(SLOTS),
    walSenders: await ask(WAL_SENDERS),
    databases: await ask(DATABASES),
    libraries: await one(LIBRARIES),
    commitOverrides: await ask(COMMIT_OVERRIDES),
    walBytes: mapFact(await one(WAL_BYTES), ({ bytes }) => bytes),
    freeWalBytes: unknown('SQL does not tell the free space of a file system'),
    certificateExpires:
      certificateExpires === undefined ? unknown('the server showed none') : known(certificateExpires),
  };
}

function first<Row>(rows: Fact<readonly Row[]>): Fact<Row> {
  if (!rows.known) return rows;
  const [row] = rows.value;
  return row === undefined ? unknown('the server answered with no row') : known(row);
}

function byName(
  rows: Fact<readonly { readonly name: string; readonly value: string }[]>,
): Readonly<Record<SettingName, Fact<string>>> {
  const settings = SETTINGS.map((name): [SettingName, Fact<string>] => {
    if (!rows.known) return [name, rows];
    const found = rows.value.find((row) => row.name === name);
    return [name, found === undefined ? unknown(`the server has no setting ${name}`) : known(found.value)];
  });
  // One entry for each name.
  return Object.fromEntries(settings) as Record<SettingName, Fact<string>>;
}

/** A server that answers with another shape than this program knows is not understood, and that is told as such. */
function whyNot(error: unknown): string {
  if (error instanceof SourceError) return error.happened;
  return `The answer is not understood: ${isZodError(error) ? (error.issues[0]?.message ?? '') : String(error)}.`;
}

function isZodError(error: unknown): error is z.ZodError {
  return error instanceof Error && error.name === 'ZodError';
}
