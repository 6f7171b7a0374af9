import { describe, expect, it } from 'vitest';
import { ProtectedCentre } from '../testing/protected-centre.ts';
import { told } from '../testing/told-conditions.ts';
import { NO_LEGS } from './leg-evidence.ts';
import type { SourceEvidence } from './source-evidence.ts';

const POPULATION = 'population/population';

describe('the condition SourceReady', () => {
  it('says what whoever reads sources says, and is not there for what nobody reads', async () => {
    const evidence: SourceEvidence = {
      judge: ({ spec }) =>
        spec.postgres && { status: 'Unknown', reason: 'NotPrepared', message: 'There is no Secret.' },
      triggers: [],
    };
    const centre = await ProtectedCentre.open({}, NO_LEGS, evidence);
    const database = await centre.run('dataset', POPULATION);
    expect(told(database.status?.conditions)).toContain('SourceReady=Unknown NotPrepared');
    const files = await centre.run('dataset', 'licences/licences');
    expect(told(files.status?.conditions).join()).not.toContain('SourceReady');
  });

  it('neither protects a dataset nor takes its protection away', async () => {
    const judge: SourceEvidence['judge'] = () => ({
      status: 'False',
      reason: 'WrongVersion',
      message: 'Old.',
    });
    const reading = await ProtectedCentre.open({}, NO_LEGS, { judge, triggers: [] });
    const without = await ProtectedCentre.open();
    const [one, other] = [await reading.run('dataset', POPULATION), await without.run('dataset', POPULATION)];
    expect(one.status?.phase).toBe(other.status?.phase);
  });
});
