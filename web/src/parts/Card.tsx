import { type ReactNode, useId } from 'react';
import type { Language } from '../words/language';
import styles from './Card.module.css';

interface CardProps {
  title: string;
  /** Of its heading; below a heading of level 2 it is 3. */
  level?: 2 | 3;
  /** Of its title, where it is not that of the page. */
  lang?: Language;
  children: ReactNode;
}

/** What belongs together, under its heading. */
export function Card({ title, level = 2, lang, children }: CardProps) {
  const id = useId();
  const Title = `h${level}` as const;
  return (
    <section className={styles.card} aria-labelledby={id}>
      <Title className={styles.title} id={id} lang={lang}>
        {title}
      </Title>
      {children}
    </section>
  );
}
