import { type ReactNode, useId } from 'react';
import styles from './Card.module.css';

interface CardProps {
  title: string;
  /** Of its heading; below a heading of level 2 it is 3. */
  level?: 2 | 3;
  children: ReactNode;
}

/** What belongs together, under its heading. */
export function Card({ title, level = 2, children }: CardProps) {
  const id = useId();
  const Title = `h${level}` as const;
  return (
    <section className={styles.card} aria-labelledby={id}>
      <Title className={styles.title} id={id}>
        {title}
      </Title>
      {children}
    </section>
  );
}
