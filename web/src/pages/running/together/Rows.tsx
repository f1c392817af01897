import { Fragment, type ReactNode } from 'react';
import { QuietButton } from '../../../parts/QuietButton';

interface RowsProps {
  count: number;
  onCount: (count: number) => void;
  /** On the button for one more. */
  more: string;
  most: number;
  children: (place: number) => ReactNode;
}

/** The same fields, several times; a row that stays empty is none. */
export function Rows({ count, onCount, more, most, children }: RowsProps) {
  return (
    <>
      {Array.from({ length: count }, (_, place) => place).map((place) => (
        <Fragment key={place}>{children(place)}</Fragment>
      ))}
      {count < most && (
        <div>
          <QuietButton onPress={() => onCount(count + 1)}>{more}</QuietButton>
        </div>
      )}
    </>
  );
}
