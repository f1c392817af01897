import { Link } from '@tanstack/react-router';
import { closeWords } from '../../../messages/running/close';
import { blockerText, mendedBy, type Told } from '../../../words/codes';
import { useLanguage, useWords } from '../../../words/language';
import { useNames } from '../names';
import styles from './Close.module.css';
import type { OfMonth } from './Step';

/** What keeps a month from being invoiced, each with the way to where it is mended. */
export function Blockers({ operation, month, blockers }: OfMonth & { blockers: readonly Told[] }) {
  const { mend } = useWords(closeWords);
  const language = useLanguage();
  const names = useNames(operation);
  return (
    <ul className={styles.reasons}>
      {blockers.map((blocker) => {
        const step = mendedBy(blocker);
        return (
          <li key={JSON.stringify(blocker)}>
            <span>{blockerText(blocker, names, language)}</span>
            {step && (
              <Link to="/o/$operation/months/$month" params={{ operation, month }} hash={step}>
                {mend[step]}
              </Link>
            )}
          </li>
        );
      })}
    </ul>
  );
}
