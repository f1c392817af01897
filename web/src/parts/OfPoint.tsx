import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { pointWords } from '../messages/point';
import { meQuery, type OwnParticipation, pointOf } from '../queries/me';
import { useWords } from '../words/language';
import { PointChoice } from './PointChoice';

interface OfPointProps {
  /** Which of one's points the address names, from 1. */
  number: number;
  children: (point: OwnParticipation) => ReactNode;
}

/** What is about one point of whoever is logged in, with the choice between several. */
export function OfPoint({ number, children }: OfPointProps) {
  const words = useWords(pointWords);
  const { data: me } = useQuery(meQuery);
  if (!me) return null;
  const point = pointOf(me, number);
  if (!point) return <p>{me.profile ? words.none : words.noMember}</p>;
  return (
    <>
      <PointChoice me={me} />
      <div key={`${point.operation_id} ${point.prm}`}>{children(point)}</div>
    </>
  );
}
