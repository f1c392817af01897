import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { monthsWords } from '../messages/months';
import { useWords } from '../words/language';
import { Beside } from './Beside';
import { Icon } from './Icon';

interface OtherMonthsProps {
  to: '/month/$month' | '/production/$month' | '/bills/$month';
  month: string;
  /** Those of which there is such a page, in order. */
  months: readonly { month: string }[];
  /** Of the point, as the address has it. */
  number: number;
  /** Other ways beside these. */
  children?: ReactNode;
}

/** The ways to the months before and after. */
export function OtherMonths({ to, month, months, number, children }: OtherMonthsProps) {
  const words = useWords(monthsWords);
  const before = months.findLast((listed) => listed.month < month)?.month;
  const after = months.find((listed) => listed.month > month)?.month;
  const search = { point: number };
  return (
    <Beside label={words.others}>
      {before && (
        <Link to={to} params={{ month: before }} search={search} aria-label={words.before}>
          <Icon name="before" />
        </Link>
      )}
      {after && (
        <Link to={to} params={{ month: after }} search={search} aria-label={words.after}>
          <Icon name="after" />
        </Link>
      )}
      {children}
    </Beside>
  );
}
