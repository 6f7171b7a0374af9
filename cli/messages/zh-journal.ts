/** What `zaibei journal` says in Chinese. */
export const journalMessages = {
  journalHolds: '{centre} 的日志：{records} 条记录全部成立',
  journalEmpty: '日志为空，尚无记录',
  journalHead: '链头 {head}',
  headChecked: '与所给的 {heads} 个链头一致：尾部未被截断到其之前',
  noHead: '未给出外部链头（--head）：最后的记录若被截断或改写，此处无法发现',
  signedUpTo: '签名覆盖到记录 {sequence}',
  recordFault: '记录 {sequence}（{path}）：{what}',
  holdBefore: '其前成立的记录：{records} 条',
  recordUnreadable: '{path}：无法读取（{problem}）',
  verifying: '正在校验：{records} / {all} 条记录，已用 {seconds} 秒',
  headSigned: '已签名并写入 {path}',
  alreadySigned: '此密钥已为该链头签名',
  forMinutes: '请将链头抄入会议纪要或另存他处：',
} as const;
