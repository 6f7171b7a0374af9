import type { MessageKey } from './say.ts';
import { catalogueMessages } from './zh-catalogue.ts';
import { datasetMessages } from './zh-dataset.ts';
import { doctorMessages } from './zh-doctor.ts';
import { journalMessages } from './zh-journal.ts';
import { statusMessages } from './zh-status.ts';

/** Everything the command line says in Chinese. */
export const zh = {
  ...statusMessages,
  ...doctorMessages,
  ...catalogueMessages,
  ...datasetMessages,
  ...journalMessages,
  noKubeconfig: '找不到 kubeconfig {file}；请用 --kubeconfig 或 KUBECONFIG 指定',
  severalKubeconfigs: 'KUBECONFIG 指定了多个文件或为空；请用 --kubeconfig 指定一个',
  unreadableKubeconfig: '{file} 不是可读的 kubeconfig；请用 "kubectl config view" 检查',
  noContexts: '{file} 中没有上下文；请为每个中心添加一个，或用 --site 指定站点',
  badSite: '站点 {folder} 不可用；"npx zaibei validate" 也会显示以下内容\n{findings}',
  waiting: '仍在等待 {centres}；最迟在开始后 {seconds} 秒结束',
  unknownKind: '没有 "{name}" 这个类型；可用类型：{kinds}。{hint}',
  unknownField: '{where} 没有字段 "{name}"；其字段：{fields}。{hint}',
  noField: '{where} 之下没有字段',
  didYouMean: '是否想输入 "{name}"？',
  typeOf: '类型',
  required: '必填',
  defaultOf: '默认值',
  allowed: '允许值',
  yes: '是',
  no: '否',
  fieldHeading: '字段',
  typeHeading: '类型',
  meaningHeading: '含义',
  reachabilityFailed: '未能生成可达性表：{problem}',
} as const satisfies Record<MessageKey, string>;
