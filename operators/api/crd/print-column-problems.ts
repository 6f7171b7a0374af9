import type { PrintColumn } from '../kinds/print-column.ts';
import type { StructuralSchema } from './structural-schema.ts';

/** A step of the JSONPath of a column: a field, or a field of the first list entry that a filter lets through. */
const STEP = /^\.([A-Za-z]+)(?:\[\?\(@\.([A-Za-z]+)=="[^"]+"\)\])?/;

/** Metadata that the API server fills in, so that no schema of ours names it. */
const BUILT_IN: readonly string[] = ['.metadata.name', '.metadata.namespace', '.metadata.creationTimestamp'];

/** What is wrong with the columns of a kind: a field that does not exist prints blanks, and a list its first entry only. */
export function findPrintColumnProblems(columns: readonly PrintColumn[], schema: StructuralSchema): string[] {
  const names = columns.map((column) => column.name);
  return columns.flatMap(({ name, jsonPath, type }, index) => {
    const problems = BUILT_IN.includes(jsonPath) ? [] : follow(jsonPath, type, schema);
    if (names.indexOf(name) !== index) problems.push('stands twice');
    return problems.map((problem) => `column ${name} (${jsonPath}) ${problem}`);
  });
}

function follow(jsonPath: string, type: string, root: StructuralSchema): string[] {
  let schema: StructuralSchema | undefined = root;
  let rest = jsonPath;
  while (rest !== '') {
    const step = STEP.exec(rest);
    if (step === null)
      return [`cannot be read at "${rest}"; use fields and filters such as .a[?(@.b=="c")].d`];
    const [text, field = '', filter] = step;
    schema = schema.properties?.[field];
    if (filter !== undefined) {
      schema = schema?.items;
      if (schema?.properties?.[filter] === undefined) return [`filters by "${filter}", which no entry has`];
    }
    if (schema === undefined) return [`names the field "${field}", which does not exist`];
    rest = rest.slice(text.length);
  }
  const shown = schema.type === 'string' && type === 'date' ? 'date' : schema.type;
  return shown === type ? [] : [`has the type ${type}, but the field is of the type ${schema.type}`];
}
