import {
  asDatabases,
  asDay,
  asEndpoint,
  asLabels,
  asLevel,
  asText,
  asWord,
  type ReadCell,
} from './cell-value.ts';

/** What a Dataset can be, which is a field of its spec. */
export const ENGINES = ['postgres', 'files', 'objects', 'clusterState'] as const;

/** One of them. */
export type Engine = (typeof ENGINES)[number];

/** A column of a catalogue: how it is headed, and which field of a Dataset it fills. */
export interface CatalogueColumn {
  readonly name: string;
  /** Heading in Chinese, which is read as well as the name. */
  readonly heading: string;
  readonly read: ReadCell;
  /** Where it goes; below the engine's field where `engines` are stated. Absent: it is {@link ENGINE_COLUMN}. */
  readonly path?: readonly string[];
  /** The engines that have such a field. Absent: every Dataset has. */
  readonly engines?: readonly Engine[];
  /** The column must be there. */
  readonly required?: true;
}

/** The column that tells the engine. */
export const ENGINE_COLUMN: CatalogueColumn = {
  name: 'engine',
  heading: '数据形态',
  read: asWord({ postgres: ['数据库'], files: ['文件'], objects: ['对象'], clusterState: ['集群状态'] }),
  required: true,
};

const classes = asWord({
  core: ['核心', '核心数据'],
  important: ['重要', '重要数据'],
  general: ['一般', '一般数据'],
});

const assessments = asWord({
  passed: ['通过'],
  'passed-with-findings': ['基本通过', '基本符合'],
  failed: ['未通过'],
  planned: ['计划中'],
  'not-required': ['无需'],
});

/** All columns, in the order in which they are asked for. */
export const COLUMNS: readonly CatalogueColumn[] = [
  { name: 'name', heading: '数据集标识', path: ['metadata', 'name'], read: asText, required: true },
  { name: 'tenant', heading: '租户', path: ['metadata', 'namespace'], read: asText, required: true },
  { name: 'displayName', heading: '数据名称', path: ['spec', 'displayName'], read: asText, required: true },
  { name: 'id', heading: '目录编号', path: ['spec', 'catalogue', 'id'], read: asText },
  { name: 'version', heading: '目录版本', path: ['spec', 'catalogue', 'version'], read: asText },
  { name: 'class', heading: '数据级别', path: ['spec', 'class'], read: classes },
  { name: 'organisation', heading: '责任单位', path: ['spec', 'owner', 'organisation'], read: asText },
  { name: 'contact', heading: '联系方式', path: ['spec', 'owner', 'contact'], read: asText },
  { name: 'system', heading: '信息系统', path: ['spec', 'system', 'name'], read: asText },
  { name: 'securityLevel', heading: '等保级别', path: ['spec', 'system', 'securityLevel'], read: asLevel },
  {
    name: 'cryptography',
    heading: '密评状态',
    path: ['spec', 'system', 'cryptography', 'status'],
    read: assessments,
  },
  {
    name: 'cryptographyDate',
    heading: '密评日期',
    path: ['spec', 'system', 'cryptography', 'date'],
    read: asDay,
  },
  { name: 'group', heading: '保护组', path: ['spec', 'protectionGroup'], read: asText, required: true },
  { name: 'size', heading: '数据量', path: ['spec', 'size'], read: asText, required: true },
  { name: 'dailyChange', heading: '日变化量', path: ['spec', 'dailyChange'], read: asText, required: true },
  ENGINE_COLUMN,
  {
    name: 'endpoint',
    heading: '访问地址',
    path: ['endpoint'],
    read: asEndpoint,
    engines: ['postgres', 'files', 'objects'],
  },
  { name: 'databases', heading: '数据库名', path: ['databases'], read: asDatabases, engines: ['postgres'] },
  {
    name: 'podLabels',
    heading: '工作负载标签',
    path: ['podLabels'],
    read: asLabels,
    engines: ['postgres', 'objects'],
  },
  { name: 'volumeClaim', heading: '存储卷', path: ['volumeClaim'], read: asText, engines: ['files'] },
  { name: 'folder', heading: '文件目录', path: ['path'], read: asText, engines: ['files'] },
  { name: 'bucket', heading: '存储桶', path: ['bucket'], read: asText, engines: ['objects'] },
  { name: 'scope', heading: '状态范围', path: ['scope'], read: asText, engines: ['clusterState'] },
];

/** The column of a heading, in whichever language. */
export function findColumn(heading: string): CatalogueColumn | undefined {
  return COLUMNS.find(
    (column) => column.heading === heading || column.name.toLowerCase() === heading.toLowerCase(),
  );
}

/** How messages name a column, whichever heading the file has: `数据级别 (class)`. */
export function labelOf({ heading, name }: CatalogueColumn): string {
  return `${heading} (${name})`;
}
