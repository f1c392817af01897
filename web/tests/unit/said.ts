import type { Both, Language } from '../../src/words/language';

type Said = string | ((...facts: never[]) => string) | { [key: string]: Said };

/** What a sentence may ask for: a word or number, or an object of such. */
const FACT: unknown = new Proxy(Object('2'), {
  get: (fact, key) => {
    if (typeof key === 'symbol') return undefined;
    const value = Reflect.get(fact, key);
    return typeof value === 'function' ? value.bind(fact) : (value ?? '2');
  },
});

const areas = import.meta.glob<Record<string, Both<Said>>>('../../src/messages/**/*.ts', {
  eager: true,
});

/** All that the catalogues say, also of facts. */
export function saidIn(language: Language): string[] {
  const words = Object.values(areas).flatMap((area) => Object.values(area));
  return words.flatMap((both) => textsOf(both[language]));
}

function textsOf(said: Said): string[] {
  if (typeof said === 'string') return [said];
  if (typeof said === 'function') return [said(FACT as never, FACT as never)];
  return Object.values(said).flatMap(textsOf);
}
