import { RULES_KEYWORD } from './rule.ts';
import { STRUCTURAL_KEYWORDS } from './structural-schema.ts';
import { findPatternProblems, findTextProblems } from './text-problems.ts';

/** One thing in a CRD's schema that the API server would refuse, or that leaves a reader or a size without bound. */
export interface StructuralProblem {
  /** Where: `spec.centres[].name`; `labels{}` for the values of a map; empty for the root. */
  readonly path: string;
  /** What is wrong and what to do. */
  readonly message: string;
}

type Node = Readonly<Record<string, unknown>>;

const SCALARS: readonly unknown[] = ['string', 'integer', 'number', 'boolean'];
const TYPES: readonly unknown[] = [...SCALARS, 'object', 'array'];

/** Longest description and message: what a terminal shows without scrolling. */
const MAX_TEXT = 500;

/** What is asked of every node of a schema; each says what is wrong with the node itself, not with those below it. */
const CHECKS: readonly ((node: Node) => string[])[] = [
  findKeywordProblems,
  findObjectProblems,
  findListProblems,
  findStringProblems,
  findNumberProblems,
  findRuleProblems,
];

/**
 * What keeps a schema from being structural, documented and bounded. Pure: takes any JSON, so that it can be shown bad
 * schemas too. Empty means: the API server will take it without the condition `NonStructuralSchema`.
 */
export function findStructuralProblems(schema: unknown): StructuralProblem[] {
  return walk(schema, '');
}

function walk(value: unknown, path: string): StructuralProblem[] {
  if (!isNode(value)) return [{ path, message: 'is no schema; use an object' }];
  const here = CHECKS.flatMap((check) => check(value)).map((message) => ({ path, message }));
  const fields = Object.entries(isNode(value.properties) ? value.properties : {});
  return [
    ...here,
    ...fields.flatMap(([name, field]) => {
      const at = path === '' ? name : `${path}.${name}`;
      return [...findDescriptionProblems(field, at), ...walk(field, at)];
    }),
    ...(value.items === undefined ? [] : walk(value.items, `${path}[]`)),
    ...(value.additionalProperties === undefined ? [] : walk(value.additionalProperties, `${path}{}`)),
  ];
}

function findKeywordProblems(node: Node): string[] {
  const known: readonly string[] = STRUCTURAL_KEYWORDS;
  const strangers = Object.keys(node).filter((keyword) => !known.includes(keyword));
  return [
    ...strangers.map((keyword) => `has "${keyword}", which no structural schema of ours may have`),
    ...(TYPES.includes(node.type)
      ? []
      : [`has the type ${JSON.stringify(node.type)}; use one of ${TYPES.join(', ')}`]),
  ];
}

function findDescriptionProblems(field: unknown, path: string): StructuralProblem[] {
  // The API server allows no description on `metadata`, and describes it itself.
  if (path === 'metadata' || !isNode(field)) return [];
  const { description } = field;
  if (typeof description !== 'string') return [{ path, message: 'has no description' }];
  const problems = findTextProblems('description', description, MAX_TEXT);
  if (!description.endsWith('.')) problems.push('has a description without full stop');
  return problems.map((message) => ({ path, message }));
}

function findObjectProblems(node: Node): string[] {
  const { type, properties, additionalProperties, required } = node;
  if (type !== 'object') {
    const ofObjects = ['properties', 'additionalProperties', 'required', 'minProperties', 'maxProperties'];
    return misplaced(node, ofObjects, 'an object');
  }
  const problems: string[] = [];
  if ((properties === undefined) === (additionalProperties === undefined)) {
    problems.push('is an object; say either its properties or its additionalProperties');
  }
  if (additionalProperties !== undefined && node.maxProperties === undefined) {
    problems.push('is a map without maxProperties');
  }
  if (node.minProperties !== undefined && properties !== undefined) {
    problems.push('counts the fields of an object; say which are required');
  }
  const fields = isNode(properties) ? properties : {};
  for (const name of Array.isArray(required) ? required.map(String) : []) {
    const field = fields[name];
    if (field === undefined) problems.push(`requires "${name}", which it does not have`);
    else if (isNode(field) && 'default' in field) problems.push(`requires "${name}", which has a default`);
  }
  return problems;
}

function findListProblems(node: Node): string[] {
  const { type, items, maxItems } = node;
  const listType = node['x-kubernetes-list-type'];
  const keys: unknown = node['x-kubernetes-list-map-keys'];
  if (type !== 'array') {
    const ofLists = ['items', 'minItems', 'maxItems', 'x-kubernetes-list-type', 'x-kubernetes-list-map-keys'];
    return misplaced(node, ofLists, 'a list');
  }
  const problems: string[] = [];
  const item = isNode(items) ? items : {};
  if (items === undefined) problems.push('is a list without items');
  if (maxItems === undefined) problems.push('is a list without maxItems');
  if (listType === 'set' && !SCALARS.includes(item.type))
    problems.push('is a set of something that is no scalar');
  if (listType === 'map') problems.push(...findKeyProblems(item, keys));
  else if (keys !== undefined) problems.push('has map keys but is no list of type map');
  if (!['map', 'set', 'atomic'].includes(String(listType))) {
    problems.push('is a list without x-kubernetes-list-type; use map, set or atomic');
  }
  return problems;
}

/** The API server tells entries apart by their keys, so each must always be there: required, or with a default. */
function findKeyProblems(item: Node, keys: unknown): string[] {
  if (!Array.isArray(keys) || keys.length === 0) return ['is a list of type map without keys'];
  const fields = isNode(item.properties) ? item.properties : {};
  const required: unknown[] = Array.isArray(item.required) ? item.required : [];
  return keys.flatMap((key: unknown) => {
    const field = fields[String(key)];
    if (!isNode(field) || !SCALARS.includes(field.type))
      return [`has the map key "${String(key)}", which is no scalar field`];
    return required.includes(key) || 'default' in field
      ? []
      : [`has the map key "${String(key)}", which may be absent`];
  });
}

function findStringProblems(node: Node): string[] {
  const { type, maxLength, pattern, enum: values } = node;
  if (type !== 'string') return misplaced(node, ['minLength', 'maxLength', 'pattern', 'enum'], 'a string');
  const problems: string[] = [];
  if (values === undefined && maxLength === undefined) problems.push('is a string without maxLength');
  if (typeof pattern === 'string') problems.push(...findPatternProblems(pattern));
  if (values !== undefined && !isListOfWords(values))
    problems.push('has an enum that is no list of different words');
  return problems;
}

function findNumberProblems(node: Node): string[] {
  const { type, minimum, maximum } = node;
  if (type !== 'integer' && type !== 'number') return misplaced(node, ['minimum', 'maximum'], 'a number');
  return [
    ...(minimum === undefined ? ['is a number without minimum'] : []),
    ...(maximum === undefined ? ['is a number without maximum'] : []),
  ];
}

function findRuleProblems(node: Node): string[] {
  const rules: unknown = node[RULES_KEYWORD];
  if (rules === undefined) return [];
  if (!Array.isArray(rules) || rules.length === 0) return ['has an empty list of rules'];
  return rules.flatMap((rule: unknown) => {
    if (!isNode(rule) || typeof rule.rule !== 'string' || rule.rule === '')
      return ['has a rule without expression'];
    return typeof rule.message === 'string'
      ? findTextProblems('message', rule.message, MAX_TEXT)
      : [`has the rule "${rule.rule}" without message`];
  });
}

function isListOfWords(value: unknown): boolean {
  if (!Array.isArray(value) || value.length === 0) return false;
  return value.every((word) => typeof word === 'string') && new Set(value).size === value.length;
}

function misplaced(node: Node, keywords: readonly string[], owner: string): string[] {
  return keywords
    .filter((keyword) => keyword in node)
    .map((keyword) => `has "${keyword}", but is not ${owner}`);
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
