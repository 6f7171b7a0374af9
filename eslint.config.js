import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** What every controller stands on. */
const foundations = ['operators/api', 'operators/metrics', 'operators/evidence', 'operators/runtime'];

/** What the operator does, a folder for each field. Of each, others see its index.ts only; tests, its testing/ too. */
const domains = [
  'operators/topology',
  'operators/protection',
  'operators/sources',
  'operators/replication',
  'operators/backup',
  'operators/census',
  'operators/recovery',
];

/** The parts of the project, as they stand in import paths. */
const parts = [
  ...foundations,
  ...domains,
  'operators/process',
  'stacks',
  'movers',
  'cli',
  'dashboards',
  'runbooks',
  'lab',
  'bench',
  'docs',
];

/** Imports point one way (docs/explanation/architecture.md): what each part may import besides itself. */
const mayImport = {
  'operators/api': [],
  'operators/metrics': ['operators/api'],
  'operators/evidence': ['operators/api', 'operators/metrics'],
  'operators/runtime': ['operators/api', 'operators/metrics', 'operators/evidence'],
  ...Object.fromEntries(domains.map((domain) => [domain, [...foundations, ...domains]])),
  'operators/process': [...foundations, ...domains],
  movers: ['operators/api', 'operators/bundling', 'operators/metrics', 'operators/runtime'],
  stacks: ['operators/api', 'operators/metrics'],
  dashboards: ['operators/api', 'operators/metrics'],
  lab: ['operators/api', 'operators/metrics'],
  cli: parts.filter((part) => part.startsWith('operators/')),
};

/**
 * Every import within the project is relative and names its file, so a forbidden part shows in the path:
 * `../../stacks/x.ts`, or `../runtime/x.ts` between siblings below operators/.
 */
const directions = Object.entries(mayImport).map(([part, allowed]) => {
  const pathsTo = (others) =>
    others
      .filter((other) => other !== part)
      .map((other) =>
        part.startsWith('operators/') ? other.replace('operators/', '(?:operators/)?') : other,
      )
      .join('|');
  const forbidden = pathsTo(parts.filter((other) => !allowed.includes(other)));
  const regex = `^(?:\\.\\./)+(?:(?:${forbidden})/|(?:${pathsTo(domains)})/(?!index\\.ts$|[\\w/-]*testing/))`;
  const whole = allowed.filter((other) => !domains.includes(other));
  const named = [
    'itself',
    ...whole,
    ...(allowed.length > whole.length ? ['the index.ts of a domain folder'] : []),
  ];
  const message = `${part}/ may import only ${named.join(', ')} (docs/explanation/architecture.md).`;
  // An import() is an expression, which no-restricted-imports passes over. A selector has no way to write a slash.
  const selector = `ImportExpression > Literal.source[value=/${regex.replaceAll('/', '\\u002f')}/]`;
  return {
    files: [`${part}/**/*.{ts,mjs}`],
    rules: {
      'no-restricted-imports': ['error', { patterns: [{ regex, message }] }],
      'no-restricted-syntax': ['error', { selector, message }],
    },
  };
});

export default defineConfig(
  { ignores: ['node_modules/', 'cdktf.out/', 'coverage/', '**/__golden__/'] },
  tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: { projectService: { allowDefaultProject: ['eslint.config.js', 'lab/prepare.mjs'] } },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      // The Kubernetes client's models are classes that only describe shapes; the objects we build are plain ones.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      'no-console': 'error',
    },
  },
  {
    files: ['**/*.mjs', '**/*.js'],
    extends: [tseslint.configs.disableTypeChecked],
    rules: { 'no-console': 'off' },
  },
  ...directions,
);
