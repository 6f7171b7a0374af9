import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { alignColumns } from './text-columns.ts';

describe('a table for people', () => {
  it('stands straight with Chinese, which is two columns wide, and with colours, which are none', () => {
    const red = '\u001b[31moff\u001b[39m';
    const rows = alignColumns([
      ['CENTRE', 'STATE', 'X'],
      ['生产中心', red, 'x'],
      ['dr', 'ready', 'x'],
    ]);
    expect(rows.map((row) => stringWidth(row.slice(0, row.lastIndexOf(row.at(-1) ?? ''))))).toEqual([
      17, 17, 17,
    ]);
    expect(rows[1]).toBe(`生产中心  ${red}    x`);
  });

  it('has no blanks at the end of its lines', () => {
    expect(alignColumns([['A', 'B'], ['longer']])).toEqual(['A       B', 'longer']);
  });
});
