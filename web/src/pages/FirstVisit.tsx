import { useNavigate } from '@tanstack/react-router';
import { monthWords } from '../messages/month';
import { QuietButton } from '../parts/QuietButton';
import { useWords } from '../words/language';
import styles from './Month.module.css';

/** Three sentences for who has just come in; gone for good once they are read. */
export function FirstVisit() {
  const words = useWords(monthWords);
  const navigate = useNavigate({ from: '/month/$month' });
  const close = () =>
    void navigate({ search: ({ point }) => ({ point: point ?? 1 }), replace: true });
  return (
    <section className={styles.first} aria-label={words.firstTitle}>
      <ol>
        {words.first.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ol>
      <QuietButton onPress={close}>{words.firstRead}</QuietButton>
    </section>
  );
}
