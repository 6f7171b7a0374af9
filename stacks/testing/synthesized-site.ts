import type { App } from 'cdktf/lib/app.js';
import { Testing } from 'cdktf/lib/testing/index.js';
import { parse } from 'yaml';
import { z } from 'zod';
import { requireSite } from '../../operators/api/site/load-site.ts';
import type { SiteModel } from '../../operators/api/site/site-model.ts';
import { buildApp, stacksOf } from '../app.ts';

const resourceSchema = z.looseObject({ yaml_body: z.string().optional(), manifest: z.unknown().optional() });

const stackSchema = z.looseObject({
  terraform: z.looseObject({ backend: z.record(z.string(), z.record(z.string(), z.unknown())) }),
  resource: z.record(z.string(), z.record(z.string(), resourceSchema)),
});

/** The JSON of one stack, as Terraform reads it. */
export type SynthesizedStack = z.infer<typeof stackSchema>;

/** The sites that come with the project. */
export const SITES = ['lab', 'fujian'] as const;

/** A site of the project. @throws SiteError */
export function projectSite(name: (typeof SITES)[number]): Promise<SiteModel> {
  return requireSite(`config/${name}`);
}

/** The JSON of every stack of an app, by name, without writing anything. */
export function synthesizeApp(app: App): Map<string, SynthesizedStack> {
  return new Map(
    stacksOf(app).map((stack) => [stack.node.id, stackSchema.parse(JSON.parse(Testing.synth(stack, false)))]),
  );
}

/** The JSON of every stack of a site. */
export function synthesizeSite(model: SiteModel): Map<string, SynthesizedStack> {
  return synthesizeApp(buildApp(model));
}

/**
 * The JSON of a stack for people to review: the objects as objects instead of YAML in a string, without what differs from
 * machine to machine, and without the schemas of CRDs, which have golden files of their own (operators/api/crd).
 */
export function reviewable(stack: SynthesizedStack, directory: string): unknown {
  const text = JSON.stringify(stack, (_, value: unknown) => {
    const { success, data } = z.looseObject({ yaml_body: z.string() }).safeParse(value);
    return success ? { ...data, yaml_body: withoutSchema(parse(data.yaml_body)) } : value;
  });
  return JSON.parse(text.replaceAll(directory, '<site>'));
}

function withoutSchema(object: unknown): unknown {
  const { success, data } = z.looseObject({ kind: z.literal('CustomResourceDefinition') }).safeParse(object);
  return success ? { ...data, spec: '<as generated from the kind>' } : object;
}
