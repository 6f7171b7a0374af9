import { z } from 'zod';
import { jsonOrText } from '../../operators/runtime/client/json-or-text.ts';
import { systemClock } from '../../operators/runtime/index.ts';
import { judgeClock, offsetOf } from '../../operators/topology/index.ts';
import { problemOf } from '../centres/read-result.ts';
import { plainLine } from '../frame/command-frame.ts';
import { checkOf, type Check, type Finding } from './check.ts';
import type { Patient } from './patient.ts';
import { isAtLeast } from './version-order.ts';

/** The first in which ValidatingAdmissionPolicy, by which volumes and namespaces are guarded, is there for good. */
const KUBERNETES = '1.30';

const versionSchema = z.object({ gitVersion: z.string() });

/** Whether the API server answers, which version it is, and how its clock goes. Without an answer, that is all there is. */
export async function serverChecks({ centre, session, signal, say }: Patient): Promise<{
  readonly answers: boolean;
  readonly checks: readonly Check[];
}> {
  const line = (...args: [Check['topic'], Finding]): Check => checkOf(say, centre.name, ...args);
  const [sentAt, begun] = [systemClock.now(), systemClock.elapsed()];
  try {
    const { text, date } = await session.client.read('/version', { signal });
    const offset = offsetOf(sentAt, systemClock.elapsed() - begun, date);
    const judgement = judgeClock(offset);
    const clock = {
      Agrees: { state: 'ok', what: say('clockAgrees') },
      Differs: { state: 'wrong', what: say('clockDiffers', offset ?? { least: 0, most: 0 }) },
      Unknown: { state: 'unknown', what: say('clockUnknown') },
    } as const;
    const version = versionSchema.safeParse(jsonOrText(text)).data?.gitVersion ?? '?';
    const right = isAtLeast(version, KUBERNETES);
    const what = say(right ? 'versionFits' : 'versionOld', {
      name: 'Kubernetes',
      version: plainLine(version),
      least: KUBERNETES,
    });
    return {
      answers: true,
      checks: [
        line('Answer', { state: 'ok', what: say('answers', { context: centre.context }) }),
        line('Version', { state: right ? 'ok' : 'wrong', what }),
        line('Clock', clock[judgement]),
      ],
    };
  } catch (error) {
    const problem = plainLine(problemOf(error).message);
    const what = say('silentServer', { context: centre.context, problem });
    return { answers: false, checks: [line('Answer', { state: 'wrong', what })] };
  }
}
