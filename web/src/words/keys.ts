import { keyWords } from '../messages/key';
import type { Key } from '../queries/keys';
import type { Language } from './language';
import { fraction, plainNumber, withUnit } from './numbers';
import { type Window, windowsSentence } from './windows';

/** What the definition of a key may have, as far as its reader may see it. */
export interface Definition {
  type?: string;
  redistribute?: boolean;
  /** Parts of the production by point, as decimal text. */
  shares?: Record<string, string>;
  ranks?: Rank[];
  schedules?: Schedule[];
}

/** Points that share by what they consume, or by weight. Others' points are left out. */
export type Rank = string[] | { weights: Record<string, string> };

type Schedule = Partial<Window> & { ranks: Rank[] };

/** How a key shares, in two sentences. */
export function ruleOf(key: Key, language: Language): string {
  const { type, redistribute } = key.definition as Definition;
  return ruleOfKind(type === 'static' && redistribute ? 'static_redistribute' : type, language);
}

/** The same of a kind of key, as settlements name it. */
export function ruleOfKind(kind: string | undefined, language: Language): string {
  const words = keyWords[language];
  switch (kind) {
    case 'default_dynamic':
      return words.defaultRule;
    case 'static':
      return words.staticRule;
    case 'static_redistribute':
      return words.redistributeRule;
    case 'dynamic':
      return words.dynamicRule;
    case 'full_dynamic':
      return words.fullDynamicRule;
    case 'priority':
      return words.priorityRule;
    default:
      return words.unknownRule;
  }
}

/** What a key says of a point, a sentence for each time of which it says something else. */
export function ownPartOf(key: Key, prm: string, language: Language): string[] {
  const words = keyWords[language];
  const definition = key.definition as Definition;
  switch (definition.type) {
    case 'default_dynamic':
      return [words.defaultOwn];
    case 'static': {
      const share = shareOf(key, prm);
      if (share === null) return [words.staticNone];
      return [words.staticOwn(fraction(share, language))];
    }
    case 'dynamic':
    case 'full_dynamic':
      return [words.dynamicOwn];
    case 'priority':
      return ranksOf(definition, prm, language);
    default:
      return [];
  }
}

/** The fixed part of the production that a point has, as decimal text; null: it has none. */
export function shareOf(key: Key, prm: string): string | null {
  return (key.definition as Definition).shares?.[prm] ?? null;
}

/** With numbers, where that makes a rule easier to see. */
export function exampleOf(key: Key, prm: string, language: Language): string | null {
  const words = keyWords[language];
  const { type } = key.definition as Definition;
  if (type === 'default_dynamic') return words.defaultExample;
  if (type === 'priority') return words.priorityExample;
  const share = shareOf(key, prm);
  if (share === null) return null;
  const offered = withUnit(plainNumber(Number(share) * 10, language), 'kWh');
  return words.staticExample(fraction(share, language), offered);
}

function ranksOf(definition: Definition, prm: string, language: Language): string[] {
  const words = keyWords[language];
  const { ranks = [], schedules = [] } = definition;
  const always = rankSentence(ranks, prm, language);
  if (schedules.length === 0) return [always];
  const timed = schedules.map(({ months = [], days = [], hours = [], ranks }) => {
    const when = windowsSentence([{ months, days, hours }], language);
    return words.when(when, rankSentence(ranks, prm, language));
  });
  return [...timed, words.when(words.otherwise, always)].map(
    (sentence) => sentence.charAt(0).toLocaleUpperCase(language) + sentence.slice(1),
  );
}

function rankSentence(ranks: readonly Rank[], prm: string, language: Language): string {
  const words = keyWords[language];
  const place = ranks.findIndex((rank) =>
    Array.isArray(rank) ? rank.includes(prm) : prm in rank.weights,
  );
  const rank = ranks[place];
  if (!rank) return words.noRank;
  const sentence = words.rank(place + 1, ranks.length);
  if (Array.isArray(rank)) return sentence;
  return `${sentence} ${words.weight(plainNumber(Number(rank.weights[prm]), language))}`;
}
