import {
  generateCrd,
  KINDS,
  siteSchema,
  toStructuralSchema,
  type Kind,
  type StructuralSchema,
} from '../operators/api/index.ts';
import { fileNameOf, readExample } from '../operators/api/kinds/examples/example.ts';
import { listFields } from '../operators/api/crd/field-table.ts';
import { generatedFrom, table } from './markdown.ts';
import type { Page } from './page.ts';

const FOLDER = 'docs/reference/api';

/** The reference of the API: a page per kind, and one that lists them. */
export function apiReferencePages(): Page[] {
  return [
    { path: `${FOLDER}/README.md`, text: renderOverview(KINDS) },
    { path: `${FOLDER}/site.md`, text: renderSite() },
    ...KINDS.map((kind) => ({ path: `${FOLDER}/${fileNameOf(kind)}.md`, text: renderKind(kind) })),
  ];
}

function renderOverview(kinds: readonly Kind[]): string {
  const rows = kinds.map((kind) => [
    `[${kind.kind}](${fileNameOf(kind)}.md)`,
    `\`${kind.shortNames.join('`, `')}\``,
    kind.scope === 'Cluster' ? 'cluster' : 'namespace',
    WRITTEN_BY[kind.writtenBy],
    kind.description,
  ]);
  return [
    '# The API',
    generatedFrom('operators/api/kinds'),
    '',
    'The kinds of `zaibei.io/v1alpha1`. The documents of a site are of these kinds, and so are the objects in each centre:',
    'one schema per kind serves both. `kubectl get zaibei -A` lists them all, `kubectl explain topo.spec` explains a field.',
    '',
    ...table(['Kind', 'Short name', 'Scope', 'Spec written by', 'What it is'], rows),
    '',
    'One more kind stands in the folder of a site and never reaches a cluster: [Site](site.md), how it is deployed.',
    'Which documents are refused where: [shape and meaning](../../explanation/shape-and-meaning.md).',
    '',
  ].join('\n');
}

/** The page of one kind. */
export function renderKind(kind: Kind): string {
  const [version] = generateCrd(kind).spec.versions;
  const { spec, status } = version.schema.openAPIV3Schema.properties ?? {};
  return [
    `# ${kind.kind}`,
    generatedFrom(`operators/api/kinds/${fileNameOf(kind)}.ts`),
    '',
    kind.description,
    '',
    ...table(
      ['', ''],
      [
        ['`kubectl get`', `\`${[kind.plural, ...kind.shortNames].join('`, `')}\``],
        ['Scope', kind.scope === 'Cluster' ? 'cluster' : 'namespace'],
        ['Spec written by', WRITTEN_BY[kind.writtenBy]],
      ],
    ),
    '',
    ...exampleSection(kind),
    ...fieldSection('Spec', spec),
    ...ruleSection(spec),
    ...fieldSection('Status', status),
    '## What kubectl get shows',
    '',
    ...table(
      ['Column', 'Field', ''],
      kind.columns.map(({ name, jsonPath, priority }) => [
        name,
        `\`${jsonPath}\``,
        priority === 1 ? 'with `-o wide`' : '',
      ]),
    ),
    '',
  ].join('\n');
}

const WRITTEN_BY = { config: "people, in the site's config", operator: 'the operator only' } as const;

function fieldSection(title: string, schema: StructuralSchema | undefined): string[] {
  if (schema === undefined) return [];
  const rows = listFields(schema).map(({ path, type, required, meaning }) => [
    `\`${path}\``,
    type,
    required ? 'yes' : '',
    meaning,
  ]);
  return [`## ${title}`, '', ...table(['Field', 'Type', 'Required', 'Meaning'], rows), ''];
}

/** The page of the one kind that has no CRD: settings for whoever deploys a site, which never reach a cluster. */
function renderSite(): string {
  const spec = toStructuralSchema(siteSchema.shape.spec);
  return [
    '# Site',
    generatedFrom('operators/api/kinds/site.ts'),
    '',
    'How a site is deployed. It stands in the folder of the site, once, and never reaches a cluster.',
    '',
    ...exampleSection({ kind: 'Site' }),
    ...fieldSection('Spec', spec),
    ...ruleSection(spec),
  ].join('\n');
}

function exampleSection(kind: Pick<Kind, 'kind'>): string[] {
  return ['## Example', '', '```yaml', readExample(kind).trimEnd(), '```', ''];
}

/** Rules that tie fields together or to their former value; the API server checks them, and so does every reader of a site. */
function ruleSection(schema: StructuralSchema | undefined): string[] {
  const rules = schema === undefined ? [] : listRules(schema, 'spec');
  if (rules.length === 0) return [];
  return ['## Rules', '', ...table(['At', 'Says', 'As CEL'], rules), ''];
}

function listRules(schema: StructuralSchema, path: string): string[][] {
  const here = (schema['x-kubernetes-validations'] ?? []).map(({ rule, message }) => [
    `\`${path}\``,
    message,
    `\`${rule}\``,
  ]);
  const inner = Object.entries(schema.properties ?? {}).flatMap(([name, field]) =>
    listRules(field, `${path}.${name}`),
  );
  return [...here, ...inner, ...(schema.items === undefined ? [] : listRules(schema.items, `${path}[]`))];
}
