import { createContext, type ReactNode, useContext, useEffect } from 'react';
import { en } from '../messages/en';
import { fr, type Messages } from '../messages/fr';

export type Language = 'fr' | 'en';

const MESSAGES: Record<Language, Messages> = { fr, en };
const KEY = 'language';
const LanguageContext = createContext<Language>('fr');

/** The language of somebody who has not logged in: chosen here before, else the browser's. */
export function languageOfStranger(): Language {
  const known = localStorage.getItem(KEY) ?? navigator.language.slice(0, 2);
  return known === 'en' ? 'en' : 'fr';
}

export function rememberLanguage(language: Language): void {
  localStorage.setItem(KEY, language);
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

export function useWords(): Messages {
  return MESSAGES[useLanguage()];
}
