import { createContext, type ReactNode, useContext, useEffect } from 'react';

export type Language = 'fr' | 'en';

/** What an area of the page says, in both languages. */
export type Both<Messages> = Record<Language, Messages>;

const LanguageContext = createContext<Language>('fr');

/** French first; English has the same keys: one that is missing is a type error. */
export function both<Messages>(fr: Messages, en: NoInfer<Messages>): Both<Messages> {
  return { fr: unparted(fr), en };
}

/**
 * French with its signs beside their words: no line begins with a colon, or ends with an opening
 * quote. Catalogues are written with spaces, as one types them.
 */
export function unparted<Words>(words: Words): Words;
export function unparted(words: unknown): unknown {
  if (typeof words === 'string') {
    return words.replace(/ (?=[:;!?»%€])/g, '\u00a0').replace(/« /g, '«\u00a0');
  }
  if (typeof words === 'function') return (...facts: unknown[]) => unparted(words(...facts));
  if (Array.isArray(words)) return words.map((word) => unparted(word));
  const record = words as Record<string, unknown> | null;
  // Whatever else a fact is comes out as it came in.
  if (record?.constructor !== Object) return words;
  return Object.fromEntries(Object.entries(record).map(([name, word]) => [name, unparted(word)]));
}

/**
 * Of what an operation writes itself, as its questions, news and minutes: nobody tells the platform
 * its language, and an operation is of France. Who listens to an English page hears it in French.
 */
export const OF_OPERATIONS: Language = 'fr';

/** Between a name and what is said of it. */
export function colon(language: Language): string {
  return language === 'fr' ? '\u00a0: ' : ': ';
}

/** Of who has told none: that of the address, `?lang=en`, which can be passed on; else the browser's. */
export function languageOfVisitor(search: string): Language {
  const asked = new URLSearchParams(search).get('lang') ?? navigator.language;
  return asked.startsWith('en') ? 'en' : 'fr';
}

export function Spoken({ language, children }: { language: Language; children: ReactNode }) {
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  return <LanguageContext value={language}>{children}</LanguageContext>;
}

export function useLanguage(): Language {
  return useContext(LanguageContext);
}

export function useWords<Messages>(messages: Both<Messages>): Messages {
  return messages[useLanguage()];
}
