import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { environmentSchema } from '../../operators/process/configuration.ts';
import { EXIT, keyOf } from '../../operators/runtime/index.ts';
import { TestOperator } from '../../operators/runtime/testing/test-operator.ts';
import { wish, wishType } from '../../operators/runtime/testing/wish-kind.ts';
import { wishController, wishes } from './operator-example.ts';

const page = readFileSync(new URL('operator.md', import.meta.url), 'utf8');

describe('the page of the operator', () => {
  it('lists every variable, and none that there is not', () => {
    const listed = page.matchAll(/^\| `([A-Z_]+)` \|/gm);
    expect(Array.from(listed, ([, name]) => name)).toEqual(Object.keys(environmentSchema.shape));
  });

  it('lists every exit code, and none that there is not', () => {
    const listed = page.matchAll(/^\| (\d+) \|/gm);
    expect(Array.from(listed, ([, code]) => Number(code))).toEqual(Object.values(EXIT));
  });

  it('shows the example as it is compiled and tested', () => {
    const example = readFileSync(new URL('operator-example.ts', import.meta.url), 'utf8');
    // The import paths are those of a domain folder.
    expect(page).toContain(example.replaceAll('../../operators/', '../').trim());
  });
});

describe('its example', () => {
  it('works as the page says', async () => {
    const operator = new TestOperator();
    const { controllers } = wishes(operator.dependencies);
    expect(controllers).toEqual([wishController]);
    const even = operator.have(wishType, wish('even', 20));
    const { status } = await operator.reconcile(wishController, keyOf(even));
    expect(status).toMatchObject({ seen: 20, doubled: 40 });
    const odd = operator.have(wishType, wish('odd', 7));
    const { end } = await operator.reconcile(wishController, keyOf(odd));
    expect(end).toMatchObject({ kind: 'stalled', error: { code: 'ZB-OPR-001', field: 'spec.number' } });
  });
});
