import { createContext, type ReactNode, useContext } from 'react';
import type { BySlug } from '../messages/refusals/bySlug';
import { type Both, useLanguage } from '../words/language';
import { whyRefused } from '../words/refusals';
import styles from './Refusal.module.css';

const Around = createContext<Both<BySlug>>({ fr: {}, en: {} });

interface MoreRefusalsProps {
  value: Both<BySlug>;
  children: ReactNode;
}

/** Words for refusals that not every page can cause, beside those of the area around it. */
export function MoreRefusals({ value, children }: MoreRefusalsProps) {
  const around = useContext(Around);
  const both = { fr: { ...around.fr, ...value.fr }, en: { ...around.en, ...value.en } };
  return <Around value={both}>{children}</Around>;
}

/** Why what was asked for did not happen; nothing as long as it was not refused. */
export function Refusal({ error }: { error: Error | null }) {
  const language = useLanguage();
  const more = useContext(Around)[language];
  if (!error) return null;
  return (
    <p className={styles.refusal} role="alert">
      {whyRefused(error, language, more)}
    </p>
  );
}
