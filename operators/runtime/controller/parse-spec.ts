import { z } from 'zod';
import type { Kind, Resource } from '../../api/index.ts';
import { SITE_FOLDER, type Finding } from '../../api/site/finding.ts';
import { parseDocument } from '../../api/site/parse-document.ts';
import { StalledError } from '../errors/retry.ts';
import { keyOf, type Live } from '../objects/api-object.ts';

/** What is wrong with an object whose spec does not parse by the schema of the running program. */
const INVALID_SPEC = { code: 'ZB-OPR-001', reason: 'InvalidSpec' } as const;

/** Reads the spec of an object. @throws StalledError naming the first field, and telling of every other */
export type SpecParser<R extends Resource> = (object: Live<R>) => R['spec'];

/**
 * Makes what reads specs by the schema of this program, with defaults filled in. The API server has checked them too, but
 * perhaps by the schema of another version of zaibei, or before a rule was added. To be made once: a schema is compiled when
 * it is first used.
 */
export function specParser<R extends Resource>(kind: Kind): SpecParser<R> {
  const schema = z.object({ spec: kind.spec });
  return (object) => {
    const parsed = parseDocument(
      {
        content: { spec: object.spec },
        subject: `${object.kind} ${keyOf(object)}`,
        // It stands in no file.
        placeOf: () => SITE_FOLDER,
        placeOfKey: () => SITE_FOLDER,
      },
      schema,
    );
    if ('value' in parsed) return parsed.value.spec;
    throw stalledBy(parsed.findings);
  };
}

function stalledBy(findings: readonly Finding[]): StalledError {
  const [first, ...others] = findings.map(({ field, message, remedy }) => ({
    field,
    sentence: [message, ...(remedy === undefined ? [] : [remedy])].join('; '),
  }));
  const { code, reason } = INVALID_SPEC;
  const rest = others.map(({ field, sentence }) => `Also ${field}: ${sentence}`);
  const message = [first?.sentence ?? '', ...rest].join('. ');
  return new StalledError(code, first?.field ?? 'spec', reason, message);
}
