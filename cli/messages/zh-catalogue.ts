/** What `zaibei catalogue` says in Chinese. */
export const catalogueMessages = {
  fileUnreadable: '无法读取 {file}：{problem}',
  fileNoText: '{file} 既非 UTF-8 也非 GB 18030；请以其中之一另存为 CSV',
  fileExists: '{file} 已存在；请换一个文件名，或加 --replace',
  fileUnwritable: '无法写入 {file}：{problem}',
  imported: '{file}：{count} 个 Dataset；请用 "npx zaibei validate" 连同站点一起校验',
  nothingWritten: '{file}：未写入任何内容；请更正上述单元格后重新导入',
  datasetHeading: '数据集',
  gradeHeading: '级别',
  nameHeading: '名称',
} as const;
