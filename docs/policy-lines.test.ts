import { describe, expect, it } from 'vitest';
import { findTaggedTests, renderPolicyLines } from './policy-lines.ts';

const lines = [
  { id: 'T-01', line: '两地三中心', answer: 'A typed topology' },
  { id: 'D-02', line: '全量数据异地定时灾备', answer: 'A timed leg' },
];

describe('policy lines', () => {
  it('finds the ids at the end of a title, also of several lines, and in any quotes', () => {
    const source = `
      it('refuses two remote centres [T-01]', () => {});
      test.each([1, 2])("covers %d datasets [D-02, T-01]", () => {});
      it('mentions [T-01] in passing', () => {});
      it('says nothing', () => {});`;
    expect(findTaggedTests('a.test.ts', source)).toEqual([
      { file: 'a.test.ts', title: 'refuses two remote centres', ids: ['T-01'] },
      { file: 'a.test.ts', title: 'covers %d datasets', ids: ['D-02', 'T-01'] },
    ]);
  });

  it('lists a line without a test as open', () => {
    const page = renderPolicyLines(lines, [
      { file: 'a.test.ts', title: 'refuses two remote centres', ids: ['T-01'] },
    ]);
    expect(page).toContain('1 of 2 lines are shown by tests. Open: D-02.');
    expect(page).toMatch(/\| D-02 \|.*\| \*\*open\*\* \|/);
    expect(page).toMatch(/\| T-01 \|.*refuses two remote centres/);
  });

  it('refuses a test that names a line which does not exist', () => {
    const stray = { file: 'a.test.ts', title: 'shows something', ids: ['X-99'] };
    expect(() => renderPolicyLines(lines, [stray])).toThrow(
      'a.test.ts: "shows something" names X-99, which is no policy line',
    );
  });
});
