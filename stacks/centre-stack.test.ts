import { describe, expect, it } from 'vitest';
import { buildApp } from './app.ts';
import { contextOf } from './centre-stack.ts';
import { siteFixture } from './testing/site-fixture.ts';

describe('contextOf', () => {
  const model = siteFixture({ site: { contexts: { production: 'fuzhou-admin' } } });

  it('is what the site states for a centre, and is made of site and centre otherwise', () => {
    expect(contextOf(model, 'production')).toBe('fuzhou-admin');
    expect(contextOf(model, 'local-dr')).toBe('test-local-dr');
  });

  it('knows a centre by its own name only, and not by what every object has', () => {
    expect(contextOf(model, 'constructor')).toBe('test-constructor');
  });

  it('refuses a context that cdktf would take for a value of its own, by the field of the site', () => {
    // With ${ around it, the shape of the site refuses it before.
    const context = 'TfToken[TOKEN.0]';
    expect(() => buildApp(siteFixture({ site: { contexts: { production: context } } }))).toThrow(
      'ZB-STK-005 Site test: spec.contexts.production: "TfToken["',
    );
  });
});
