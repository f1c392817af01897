import { Link, type LinkProps } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { monthsWords } from '../messages/months';
import { useWords } from '../words/language';
import { Beside } from './Beside';
import { Icon } from './Icon';

interface OtherMonthsProps {
  month: string;
  /** Those of which there is such a page, in order. */
  months: readonly { month: string }[];
  /** The page of another month. */
  pageOf: (month: string) => Pick<LinkProps, 'to' | 'params' | 'search'>;
  /** Other ways beside these. */
  children?: ReactNode;
}

/** The ways to the months before and after. */
export function OtherMonths({ month, months, pageOf, children }: OtherMonthsProps) {
  const words = useWords(monthsWords);
  const before = months.findLast((listed) => listed.month < month)?.month;
  const after = months.find((listed) => listed.month > month)?.month;
  return (
    <Beside label={words.others}>
      {before && (
        <Link {...pageOf(before)} aria-label={words.before}>
          <Icon name="before" />
        </Link>
      )}
      {after && (
        <Link {...pageOf(after)} aria-label={words.after}>
          <Icon name="after" />
        </Link>
      )}
      {children}
    </Beside>
  );
}
