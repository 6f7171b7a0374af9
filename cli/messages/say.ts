import type { Language } from '../frame/language.ts';
import { en } from './en.ts';
import { zh } from './zh.ts';

/** Everything the command line says in words, in English. */
export type Messages = typeof en;

/** Name of a message. */
export type MessageKey = keyof Messages;

/** Names in braces: `"context" | "seconds"` of `no answer from {context} within {seconds} s`. */
type Blanks<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Blanks<Rest>
  : never;

/** Values for the blanks of a message: none missing; of one without blanks, nothing. */
type Values<Key extends MessageKey> = [Blanks<Messages[Key]>] extends [never]
  ? []
  : [Readonly<Record<Blanks<Messages[Key]>, string | number>>];

/** Says a message in the language of whoever reads it. */
export type Say = <Key extends MessageKey>(key: Key, ...values: Values<Key>) => string;

const CATALOGUE: Readonly<Record<Language, Readonly<Record<MessageKey, string>>>> = { en, zh };

/** A voice in one language. */
export function sayIn(language: Language): Say {
  return (key, ...[values = {}]: [Readonly<Record<string, string | number>>?]) =>
    CATALOGUE[language][key].replaceAll(/\{(\w+)\}/g, (blank, name: string) => String(values[name] ?? blank));
}
