import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';
import importX from 'eslint-plugin-import-x';

/**
 * Which folder may import which: imports point one way (docs/explanation/architecture.md).
 * Each entry forbids `target` to import anything of ours outside `except`.
 */
const directions = [
  { target: './operators/api', except: ['./operators/api'] },
  { target: './stacks', except: ['./stacks', './operators/api', './operators/metrics'] },
  { target: './lab', except: ['./lab', './operators/api', './operators/metrics'] },
];

const ours = [
  './operators',
  './stacks',
  './lab',
  './cli',
  './bench',
  './docs',
  './movers',
  './dashboards',
  './runbooks',
];

/** A zone per forbidden pair, in the form that import-x/no-restricted-paths takes. */
const zones = directions.flatMap(({ target, except }) =>
  ours
    .filter((from) => !except.includes(from))
    .map((from) => ({
      target,
      from,
      except: except.filter((path) => path.startsWith(`${from}/`)).map((path) => `./${path.slice(from.length + 1)}`),
      message: `${target} may import only ${except.join(', ')}`,
    })),
);

export default defineConfig(
  { ignores: ['node_modules/', 'cdktf.out/', 'coverage/', '**/__golden__/'] },
  tseslint.configs.strictTypeChecked,
  {
    plugins: { 'import-x': importX },
    languageOptions: { parserOptions: { projectService: { allowDefaultProject: ['eslint.config.js', 'lab/prepare.mjs'] } } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      'import-x/no-restricted-paths': ['error', { zones }],
      'no-console': 'error',
    },
  },
  {
    files: ['**/*.mjs', '**/*.js'],
    extends: [tseslint.configs.disableTypeChecked],
    rules: { 'no-console': 'off' },
  },
);
