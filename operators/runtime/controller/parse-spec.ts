import { z } from 'zod';
import type { Kind, Resource } from '../../api/index.ts';
import { SITE_FOLDER } from '../../api/site/finding.ts';
import { parseDocument } from '../../api/site/parse-document.ts';
import { StalledError } from '../errors/retry.ts';
import { keyOf, type Live } from '../objects/api-object.ts';

/** What is wrong with an object whose spec does not parse by the schema of the running program. */
const INVALID_SPEC = { code: 'ZB-OPR-001', reason: 'InvalidSpec' } as const;

/**
 * The spec of an object by the schema of this program, with defaults filled in. The API server has checked it too, but
 * perhaps by the schema of another version of zaibei, or before a rule was added.
 * @throws StalledError naming the first field, and telling of every other
 */
export function parseSpec<R extends Resource>(kind: Kind, object: Live<R>): R['spec'] {
  const parsed = parseDocument(
    {
      content: { spec: object.spec },
      subject: `${object.kind} ${keyOf(object)}`,
      // It stands in no file.
      placeOf: () => SITE_FOLDER,
      placeOfKey: () => SITE_FOLDER,
    },
    z.object({ spec: kind.spec }),
  );
  if ('value' in parsed) return parsed.value.spec;
  const [first, ...others] = parsed.findings.map(({ field, message, remedy }) => ({
    field,
    sentence: [message, ...(remedy === undefined ? [] : [remedy])].join('; '),
  }));
  const { code, reason } = INVALID_SPEC;
  const rest = others.map(({ field, sentence }) => `Also ${field}: ${sentence}`);
  throw new StalledError(code, first?.field ?? 'spec', reason, [first?.sentence ?? '', ...rest].join('. '));
}
