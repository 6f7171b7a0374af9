import { describe, expect, it } from 'vitest';
import { drop, judge, set } from './testing/example-site.ts';

const IMPORTANT = 'ProtectionPolicy important';
const GENERAL = 'ProtectionPolicy general';

describe('the timed leg', () => {
  it('six cron fields are refused', () => {
    expect(judge(set(GENERAL, 'spec.timed.schedule.cron', '0 0 */6 * * *'))).toEqual([
      'error ZB-TIM-001 ProtectionPolicy general, spec.timed.schedule.cron: found "0 0 */6 * * *"; use five cron fields (minute hour day month weekday), such as "0 */6 * * *"',
    ]);
  });

  it('a date that never comes is refused', () => {
    expect(judge(set(GENERAL, 'spec.timed.schedule.cron', '0 0 31 2 *'))).toEqual([
      'error ZB-TIM-001 ProtectionPolicy general, spec.timed.schedule.cron: found "0 0 31 2 *"; use a date that exists: this one never comes',
    ]);
  });

  it('a time zone that does not exist is refused', () => {
    expect(judge(set(GENERAL, 'spec.timed.schedule.timeZone', 'Asia/Fuzhou'))).toEqual([
      'error ZB-TIM-001 ProtectionPolicy general, spec.timed.schedule.timeZone: found "Asia/Fuzhou"; use an IANA time zone such as Asia/Shanghai',
    ]);
  });

  it('a target that the schedule cannot keep is refused, and a longer interval than the profile expects is pointed out [D-02]', () => {
    expect(judge(set(GENERAL, 'spec.timed.schedule.cron', '0 2 * * *'))).toEqual([
      'warning ZB-TIM-003 ProtectionPolicy general, spec.timed.schedule.cron: runs are up to 1d apart; the profile fujian-2023 (proposal) expects at most 6h',
      'error ZB-TIM-002 ProtectionPolicy general, spec.targets.siteLossRpo: found 6h; recovery points are up to 1d apart by spec.timed',
      'error ZB-TIM-002 ProtectionPolicy general, spec.targets.cityLossRpo: found 6h; recovery points are up to 1d apart by spec.timed',
      'error ZB-TIM-002 ProtectionPolicy general, spec.targets.corruptionRpo: found 6h; recovery points are up to 1d apart by spec.timed',
    ]);
  });

  it('with a real-time leg the loss of the site does not depend on the schedule', () => {
    expect(judge(set(IMPORTANT, 'spec.timed.schedule.cron', '0 */12 * * *'))).toEqual([
      'warning ZB-TIM-003 ProtectionPolicy important, spec.timed.schedule.cron: runs are up to 12h apart; the profile fujian-2023 (proposal) expects at most 6h',
      'error ZB-TIM-002 ProtectionPolicy important, spec.targets.cityLossRpo: found 6h; recovery points are up to 12h apart by spec.timed',
      'error ZB-TIM-002 ProtectionPolicy important, spec.targets.corruptionRpo: found 6h; recovery points are up to 12h apart by spec.timed',
    ]);
  });

  it('a deadline beyond the next run is pointed out', () => {
    expect(judge(set(GENERAL, 'spec.timed.deadline', '7h'))).toEqual([
      'warning ZB-TIM-003 ProtectionPolicy general, spec.timed.deadline: found 7h; the next run is due after 6h',
    ]);
  });

  it('a store that does not exist is refused', () => {
    expect(judge(set(GENERAL, 'spec.timed.store', 'remot'))).toEqual([
      'error ZB-TIM-004 ProtectionPolicy general, spec.timed.store: names the BackupStore "remot", which does not exist; there are remote, local',
    ]);
  });

  it('a store in the city of production is refused [D-02]', () => {
    expect(judge(set(GENERAL, 'spec.timed.store', 'local'))).toEqual([
      'error ZB-TIM-004 ProtectionPolicy general, spec.timed.store: the store local stands in local-dr; the timed leg goes to remote-dr',
    ]);
  });

  it('a local copy without a store in the city of production is refused [D-04]', () => {
    expect(judge(drop('BackupStore local'))).toEqual([
      'error ZB-TIM-005 ProtectionPolicy important, spec.timed.localCopy: keeps a local copy, and no BackupStore stands in the city of production',
    ]);
  });
});
