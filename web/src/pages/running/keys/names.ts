import { keyKindWords } from '../../../messages/running/keyKinds';
import { keysWords } from '../../../messages/running/keys';
import type { Key } from '../../../queries/keys';
import { dayLater, fullDay } from '../../../words/dates';
import { kindOf } from '../../../words/keyForms';
import { endOf } from '../../../words/keySteps';
import type { Language } from '../../../words/language';

/** As people named it; else its kind. */
export function keyName({ title, definition }: Key, language: Language): string {
  return title ?? kindName(definition, language);
}

/** The kind of a key, in a few words. */
export function kindName(definition: Key['definition'], language: Language): string {
  const { names, unnamed } = keyKindWords[language];
  const kind = kindOf(definition);
  return kind ? names[kind] : unnamed;
}

/** `du 1er janvier 2026 au 30 juin 2026`. */
export function keyDays(key: Key, language: Language): string {
  const words = keysWords[language];
  const [from, end] = [fullDay(key.valid_from, language), endOf(key)];
  return end ? words.period(from, fullDay(dayLater(end, -1), language)) : words.from(from);
}
