import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { productionWords } from '../../messages/production';
import { PointChoice } from '../../parts/PointChoice';
import { meQuery, type OwnParticipation, plantOf, producingPoints } from '../../queries/me';
import { useWords } from '../../words/language';

interface OfPlantProps {
  /** Which of one's plants the address names, from 1. */
  number: number;
  children: (plant: OwnParticipation) => ReactNode;
}

/** What is about one plant of whoever is logged in, with the choice between several. */
export function OfPlant({ number, children }: OfPlantProps) {
  const words = useWords(productionWords);
  const { data: me } = useQuery(meQuery);
  if (!me) return null;
  const plant = plantOf(me, number);
  if (!plant) return <p>{words.none}</p>;
  return (
    <>
      <PointChoice points={producingPoints(me)} />
      <div key={`${plant.operation_id} ${plant.prm}`}>{children(plant)}</div>
    </>
  );
}
