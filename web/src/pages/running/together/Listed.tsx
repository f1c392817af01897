import { Link, type LinkProps } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { runTogetherWords } from '../../../messages/running/together';
import { Card } from '../../../parts/Card';
import chips from '../../../parts/Chip.module.css';
import go from '../../../parts/Go.module.css';
import shared from '../../../parts/Together.module.css';
import { OF_OPERATIONS, useWords } from '../../../words/language';

type Place = Pick<LinkProps, 'to' | 'params'>;

export interface Line {
  id: string;
  title: string;
  /** Where it stands, and when. */
  state: string;
  isDraft: boolean;
  place: Place;
}

interface ListedProps {
  title: string;
  /** Of what is to come, goes on or is a draft. */
  lines: readonly Line[];
  none: string;
  /** The way to another one. */
  more: { label: string; place: Place };
  past?: { label: string; lines: readonly Line[] };
  children?: ReactNode;
}

/** One kind of what is done together: what there is of it, and a new one. */
export function Listed({ title, lines, none, more, past, children }: ListedProps) {
  return (
    <Card title={title}>
      {lines.length === 0 && <p className={shared.weak}>{none}</p>}
      <Lines lines={lines} />
      {past && past.lines.length > 0 && (
        <details>
          <summary>{past.label}</summary>
          <Lines lines={past.lines} />
        </details>
      )}
      <div className={shared.actions}>
        <Link className={go.quiet} {...more.place}>
          {more.label}
        </Link>
        {children}
      </div>
    </Card>
  );
}

export function Lines({ lines, level = 3 }: { lines: readonly Line[]; level?: 2 | 3 }) {
  const words = useWords(runTogetherWords);
  const Title = `h${level}` as const;
  return (
    <ul className={shared.list}>
      {lines.map(({ id, title, state, isDraft, place }) => (
        <li key={id}>
          <Title className={shared.title} lang={OF_OPERATIONS}>
            <Link {...place}>{title}</Link>
          </Title>
          <p className={shared.weak}>
            {isDraft && <span className={chips.chip}>{words.draft}</span>} {state}
          </p>
        </li>
      ))}
    </ul>
  );
}
