import { Link } from '@tanstack/react-router';
import { keysWords } from '../../../messages/running/keys';
import go from '../../../parts/Go.module.css';
import shared from '../../../parts/Together.module.css';
import { dayAt, fullDay } from '../../../words/dates';
import { beginsTooSoon, earliestStart } from '../../../words/keySteps';
import { useLanguage, useWords } from '../../../words/language';
import styles from './Keys.module.css';
import type { RowProps } from './KeysTable';
import { keyName } from './names';

/** The next step of a key as one button, and what is in its way. */
export function KeyToDo({ operation, version, life, noticeDays }: RowProps) {
  const words = useWords(keysWords);
  const language = useLanguage();
  const today = dayAt(new Date());
  const name = keyName(version, language);
  const params = { operation, key: version.id };
  const earliest = earliestStart(version.declared_on ?? today, noticeDays);
  return (
    <>
      {life.step ? (
        <Link
          className={go.quiet}
          to="/o/$operation/keys/$key"
          params={params}
          hash="step"
          aria-label={words.stepOf(words.steps[life.step], name)}
        >
          {words.steps[life.step]}
        </Link>
      ) : life.poll && version.state === 'draft' ? (
        <Link
          to="/polls/$operation/$poll"
          params={{ operation, poll: life.poll.id }}
          aria-label={words.toPollOf(name)}
        >
          {words.toPoll}
        </Link>
      ) : (
        <span className={shared.weak}>{words.nothing}</span>
      )}
      {beginsTooSoon(version, noticeDays, today) && (
        <span className={`${styles.under} ${shared.alert}`}>
          {words.tooSoon(fullDay(earliest, language))}
        </span>
      )}
      {version.state === 'draft' && version.unknown_points.length > 0 && (
        <span className={`${styles.under} ${shared.alert}`}>
          {words.unknownPoints(version.unknown_points.length)}
        </span>
      )}
    </>
  );
}
