import { createContext, type ReactNode, useContext, useEffect } from 'react';
import { en } from '../messages/en';
import { fr, type Messages } from '../messages/fr';

export type Language = 'fr' | 'en';

const MESSAGES: Record<Language, Messages> = { fr, en };
const LanguageContext = createContext<Language>('fr');

/** The language of who has told none: the browser's, if it is one of ours. */
export function languageOfBrowser(): Language {
  return navigator.language.startsWith('en') ? 'en' : 'fr';
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
