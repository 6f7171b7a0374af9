import type { BilingualText } from '../operators/metrics/metric.ts';
import type { Language } from './frame/language.ts';

/** Everything that `zaibei journal` says in words, with `{name}` where a value goes. */
export const JOURNAL_TEXT = {
  holds: {
    zh: '{centre} 的日志：{records} 条记录全部成立',
    en: 'journal of {centre}: all records hold: {records}',
  },
  empty: { zh: '日志为空，尚无记录', en: 'the journal is empty' },
  head: { zh: '链头 {head}', en: 'head {head}' },
  headChecked: {
    zh: '与所给的 {heads} 个链头一致：尾部未被截断到其之前',
    en: 'it leads to the {heads} head(s) given, so nothing up to them was cut off or written anew',
  },
  noHead: {
    zh: '未给出外部链头（--head）：最后的记录若被截断或改写，此处无法发现',
    en: 'no head from elsewhere was given (--head): last records that were cut off or written anew would not show',
  },
  signed: { zh: '签名覆盖到记录 {sequence}', en: 'signed by the keys given up to record {sequence}' },
  fault: { zh: '记录 {sequence}（{path}）：{what}', en: 'record {sequence} ({path}): {what}' },
  before: { zh: '其前成立的记录：{records} 条', en: 'records before it that hold: {records}' },
  unreadable: { zh: '{path}：无法读取（{problem}）', en: '{path} cannot be shown ({problem})' },
  verifying: {
    zh: '正在校验：{records} / {all} 条记录，已用 {seconds} 秒',
    en: 'verifying: {records} of {all} records, {seconds} s so far',
  },
  signedHead: { zh: '已签名并写入 {path}', en: 'signed, and kept in {path}' },
  forMinutes: {
    zh: '请将链头抄入会议纪要或另存他处：',
    en: 'write the head into the minutes, or keep it elsewhere:',
  },
  alreadySigned: { zh: '此密钥已为该链头签名', en: 'this key has signed this head already' },
} as const satisfies Record<string, BilingualText>;

/** One text with its values filled in. */
export function say(
  text: BilingualText,
  language: Language,
  values: Readonly<Record<string, unknown>> = {},
): string {
  return text[language].replaceAll(/\{(\w+)\}/g, (_, name: string) => String(values[name]));
}
