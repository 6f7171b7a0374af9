import { listChoices, showValue } from '../../operators/api/site/found-value.ts';

/** A cell that cannot be understood: what is allowed there. */
export interface BadCell {
  readonly bad: string;
}

/** What a cell says, as a field of a document; or what it may say. */
export type ReadCell = (text: string) => { readonly value: unknown } | BadCell;

/** Text as it is. */
export const asText: ReadCell = (text) => ({ value: text });

/** One of some words, each by its own name or as catalogues call it: `important`, `重要`, `重要数据`. */
export function asWord(words: Readonly<Record<string, readonly string[]>>): ReadCell {
  const told = Object.entries(words).map(([word, [name = '']]) => `${word} (${name})`);
  return (text) => {
    const found = Object.entries(words).find(
      ([word, names]) => word === text.toLowerCase() || names.includes(text),
    );
    return found === undefined
      ? { bad: `found ${showValue(text)}; use ${listChoices(told)}` }
      : { value: found[0] };
  };
}

const LEVELS = ['一', '二', '三', '四'];

/** Level of classified protection: `3`, `三级`, `第三级`. */
export const asLevel: ReadCell = (text) => {
  const [, written = ''] = /^第?([1-4一二三四])级?$/.exec(text) ?? [];
  if (written === '') return { bad: `found ${showValue(text)}; use 1 to 4, or 第一级 to 第四级` };
  const place = LEVELS.indexOf(written);
  return { value: place < 0 ? Number(written) : place + 1 };
};

/** A day, however a spreadsheet writes it: `2026-11-22`, `2026/11/22`, `2026年11月22日`. */
export const asDay: ReadCell = (text) => {
  const [, year, month, day] = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text) ?? [];
  if (year === undefined || month === undefined || day === undefined)
    return { bad: `found ${showValue(text)}; use a day such as 2026-11-22` };
  return { value: [year, month.padStart(2, '0'), day.padStart(2, '0')].join('-') };
};

/** Names of databases: `population; archive`. */
export const asDatabases: ReadCell = (text) => ({ value: parts(text).map((name) => ({ name })) });

/** Labels: `app=population-db; tier=1`. */
export const asLabels: ReadCell = (text) => {
  const pairs = parts(text).map((part) => part.split('=').map((side) => side.trim()));
  return pairs.every(({ length }) => length === 2)
    ? { value: Object.fromEntries(pairs) as unknown } // pairs, as was just seen
    : { bad: `found ${showValue(text)}; use labels such as app=population-db` };
};

const ADDRESS = /^(?:([a-z0-9][-a-z0-9]*)=)?([^=\s:]+):(\d{1,5})$/;

/** `db.example:5432` for all centres, or one per centre: `production=10.90.0.1:30432; local-dr=10.90.0.2:30432`. */
export const asEndpoint: ReadCell = (text) => {
  const bad = {
    bad: `found ${showValue(text)}; use host:port, or centre=host:port for each centre, separated by ";"`,
  };
  const found = parts(text).map((part) => ADDRESS.exec(part));
  const addresses = found.map((match) => ({
    centre: match?.[1],
    host: match?.[2] ?? '',
    port: Number(match?.[3]),
  }));
  const [first, ...others] = addresses;
  if (first === undefined || found.includes(null)) return bad;
  if (first.centre === undefined) {
    const everywhere = { host: first.host, port: first.port };
    return others.length === 0 ? { value: { everywhere } } : bad;
  }
  return addresses.some(({ centre }) => centre === undefined) ? bad : { value: { perCentre: addresses } };
};

function parts(text: string): string[] {
  return text
    .split(/[;；、]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
