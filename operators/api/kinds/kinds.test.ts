import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { setField } from '../crd/testing/set-field.ts';
import { datasetKind } from './dataset.ts';
import { parseExample } from './examples/example.ts';
import type { Kind } from './kind.ts';
import { protectionPolicyKind } from './protection-policy.ts';
import { findKind, KINDS } from './registry.ts';

/** Places and words of what is wrong with the example of a kind after one change. */
function refusals(kind: Kind, field: string, value: unknown): string[] {
  const { error } = kind.schema.safeParse(setField(parseExample(kind), field, value));
  return (error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`);
}

describe('a policy', () => {
  it('plans the real-time and the timed leg in one object [D-03]', () => {
    const { spec } = protectionPolicyKind.schema.parse(parseExample(protectionPolicyKind));
    expect(spec.realtime?.durability).toBe('preferred');
    expect(spec.timed?.schedule).toEqual({ cron: '0 */6 * * *', timeZone: 'Asia/Shanghai' });
  });

  it('may leave a leg out, and says so by its absence', () => {
    expect(refusals(protectionPolicyKind, 'spec.realtime', undefined)).toEqual([]);
    expect(refusals(protectionPolicyKind, 'spec.timed', undefined)).toEqual([]);
  });
});

describe('a dataset', () => {
  it('names its information system, and the pods or the volume that hold it [D-08]', () => {
    const { spec } = datasetKind.schema.parse(parseExample(datasetKind));
    expect(spec.system?.name).toBe('人口信息系统');
    expect(spec.postgres?.podLabels).toEqual({ app: 'population-db' });
    expect(refusals(datasetKind, 'spec.postgres.podLabels', undefined)).toEqual([
      'spec.postgres.podLabels: Invalid input: expected record, received undefined',
    ]);
    const onVolume = { ...z.record(z.string(), z.unknown()).parse(spec), postgres: undefined, files: {} };
    expect(refusals(datasetKind, 'spec', onVolume)).toEqual([
      'spec.files.volumeClaim: Invalid input: expected string, received undefined',
    ]);
  });

  it.each(['/..', '/a/../b', '/.', 'a', '//'])('never leads out of its volume: %s', (path) => {
    const files = { volumeClaim: 'data', path };
    const document = setField(
      setField(parseExample(datasetKind), 'spec.postgres', undefined),
      'spec.files',
      files,
    );
    expect(datasetKind.schema.safeParse(document).error?.issues.at(0)?.message).toBe(
      'use an absolute path within the volume, without ".."',
    );
  });

  it.each(['/', '/a', '/a/.hidden/..b/c..', '/数据/'])('may lie in a folder of its volume: %s', (path) => {
    const files = { volumeClaim: 'data', path };
    const document = setField(
      setField(parseExample(datasetKind), 'spec.postgres', undefined),
      'spec.files',
      files,
    );
    expect(datasetKind.schema.safeParse(document).success).toBe(true);
  });
});

describe('the kinds', () => {
  it('are found by their names', () => {
    expect(KINDS.map((kind) => findKind(kind.kind))).toEqual(KINDS);
    expect(findKind('topology')).toBeUndefined();
  });

  it('are written by people, but for those that only the operator may write', () => {
    expect(KINDS.filter((kind) => kind.writtenBy === 'operator').map((kind) => kind.kind)).toEqual([
      'Placement',
      'Claim',
      'Vote',
    ]);
  });

  it.each(KINDS)('refuse an empty value of $kind instead of reading it as absent', (kind) => {
    expect(refusals(kind, 'metadata.labels', null)).toEqual([
      'metadata.labels: Invalid input: expected record, received null',
    ]);
  });
});
