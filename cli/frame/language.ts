import type { BilingualText } from '../../operators/metrics/metric.ts';

/** Language of what is printed for people. Data, and the names in it, are the same in both. */
export type Language = keyof BilingualText;

/** All languages. */
export const LANGUAGES: readonly Language[] = ['zh', 'en'];

/**
 * The language of a shell, by the variables and in the order of POSIX: Chinese where it says so, English for everything
 * else. Never both: a table in two languages is twice as wide and read by nobody.
 */
export function languageOf({ LC_ALL, LC_MESSAGES, LANG }: NodeJS.ProcessEnv): Language {
  const locale = [LC_ALL, LC_MESSAGES, LANG].find((value) => value !== undefined && value !== '');
  return locale?.startsWith('zh') === true ? 'zh' : 'en';
}
