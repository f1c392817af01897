import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { pointWords } from '../messages/point';
import {
  consumingPoints,
  type Me,
  meQuery,
  type OwnParticipation,
  pointOf,
  producingPoints,
} from '../queries/me';
import { useWords } from '../words/language';
import { PointChoice } from './PointChoice';

interface OfPointProps {
  /** Which of one's points the address names, from 1. */
  number: number;
  children: (point: OwnParticipation) => ReactNode;
}

/** What is about one point of whoever is logged in, with the choice between several. */
export function OfPoint({ number, children }: OfPointProps) {
  const { data: me } = useQuery(meQuery);
  if (!me) return null;
  const point = pointOf(me, number);
  if (!point) return <NoPoint me={me} />;
  return (
    <>
      <PointChoice points={consumingPoints(me)} />
      <div key={`${point.operation_id} ${point.prm}`}>{children(point)}</div>
    </>
  );
}

/** Why there is nothing to show, and where there is something for who produces or is to come in. */
function NoPoint({ me }: { me: Me }) {
  const words = useWords(pointWords);
  if (producingPoints(me).length > 0) {
    return (
      <p>
        {words.noneButPlants} <Link to="/production">{words.toProduction}</Link>
      </p>
    );
  }
  return (
    <>
      <p>{me.profile ? words.none : words.noMember}</p>
      {me.joining.length > 0 && (
        <p>
          <Link to="/joining">{words.toJoining}</Link>
        </p>
      )}
    </>
  );
}
