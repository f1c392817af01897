import { createContext, useContext } from 'react';
import type { BySlug } from '../messages/refusals/bySlug';
import { type Both, useLanguage } from '../words/language';
import { whyRefused } from '../words/refusals';
import styles from './Refusal.module.css';

/** Words for refusals that not every page can cause, of the area around it. */
export const MoreRefusals = createContext<Both<BySlug>>({ fr: {}, en: {} });

/** Why what was asked for did not happen; nothing as long as it was not refused. */
export function Refusal({ error }: { error: Error | null }) {
  const language = useLanguage();
  const more = useContext(MoreRefusals)[language];
  if (!error) return null;
  return (
    <p className={styles.refusal} role="alert">
      {whyRefused(error, language, more)}
    </p>
  );
}
