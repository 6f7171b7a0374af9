import { describe, expect, it } from 'vitest';

import { namingFaults } from '../naming-rules.ts';
import { CATALOGUE, METRIC_AREAS } from './index.ts';

describe('the metric catalogue', () => {
  it.each(CATALOGUE)('$name keeps to the naming rules', (metric) => {
    expect(namingFaults(metric)).toEqual([]);
  });

  it('has one definition for each name', () => {
    const names = CATALOGUE.map(({ name }) => name);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  it('tells times of what is protected, never ages: an age stands still when whoever reckons it does', () => {
    const domain = METRIC_AREAS.filter((area) => area.domain).flatMap(({ metrics }) => metrics);
    const ages = domain.filter(({ name }) => /_(?:age|since|ago|elapsed)(?:_|$)/.test(name));
    expect(ages.map(({ name }) => name)).toEqual([]);
  });
});
