import { useLanguage } from '../words/language';
import { whyRefused } from '../words/refusals';
import styles from './Refusal.module.css';

/** Why what was asked for did not happen; nothing as long as it was not refused. */
export function Refusal({ error }: { error: Error | null }) {
  const language = useLanguage();
  if (!error) return null;
  return (
    <p className={styles.refusal} role="alert">
      {whyRefused(error, language)}
    </p>
  );
}
