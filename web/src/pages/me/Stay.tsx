import { meWords } from '../../messages/me';
import chips from '../../parts/Chip.module.css';
import type { OwnParticipation } from '../../queries/me';
import { dayAt, dayLater, fullDay } from '../../words/dates';
import { OF_OPERATIONS, useLanguage, useWords } from '../../words/language';
import styles from './Me.module.css';

/** A point that takes part in an operation, or did. */
export function Stay({ stay }: { stay: OwnParticipation }) {
  const words = useWords(meWords);
  const today = dayAt(new Date());
  const { point_label, direction, prm, valid_to } = stay;
  const isOver = valid_to !== null && valid_to <= today;
  return (
    <li className={isOver ? styles.over : ''}>
      <strong lang={OF_OPERATIONS}>{point_label}</strong>{' '}
      <span className={chips.chip}>{words[direction]}</span>
      <br />
      <span className={styles.weak}>
        {words.prm(prm)} · <When stay={stay} today={today} />
      </span>
    </li>
  );
}

function When({ stay, today }: { stay: OwnParticipation; today: string }) {
  const words = useWords(meWords);
  const language = useLanguage();
  const first = fullDay(stay.valid_from, language);
  if (stay.valid_to) return words.fromTo(first, fullDay(dayLater(stay.valid_to, -1), language));
  return stay.valid_from > today ? words.startsOn(first) : words.since(first);
}
