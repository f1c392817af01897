import { useQuery } from '@tanstack/react-query';
import { pricesWords } from '../../../messages/running/prices';
import { perimeterQuery } from '../../../queries/perimeters';
import { sellersQuery } from '../../../queries/sellers';
import { dayAt } from '../../../words/dates';
import { useWords } from '../../../words/language';
import type { Defined, PriceKey } from '../../../words/priceLists';
import { useNames } from '../names';

type Buyer = Pick<PriceKey, 'consumer' | 'group'>;
type Option = readonly [string, string];

/** Choices by their place: a point is not named in what a browser may keep of a form. */
export interface Choices<Chosen> {
  options: readonly Option[];
  /** The first is that of all. */
  at: (place: string) => Chosen;
  placeOf: (chosen: Chosen | undefined) => string;
}

function choicesOf<Chosen>(all: readonly (readonly [Chosen, string])[], first: Chosen) {
  const keyOf = (chosen: Chosen) => JSON.stringify(chosen);
  return {
    options: all.map(([, text], place) => [String(place), text] as const),
    at: (place: string) => all[Number(place)]?.[0] ?? first,
    placeOf: (chosen: Chosen | undefined) => {
      const place =
        chosen === undefined ? 0 : all.findIndex(([one]) => keyOf(one) === keyOf(chosen));
      return String(Math.max(place, 0));
    },
  };
}

const EVERYBODY: Buyer = { consumer: null, group: null };

/** For whom something can be: everybody, a group or a member's point. */
export function useBuyers(operation: string, { groups }: Defined): Choices<Buyer> {
  const words = useWords(pricesWords);
  const names = useNames(operation);
  const { data: perimeter } = useQuery(perimeterQuery(operation));
  const today = dayAt(new Date());
  const points = (perimeter?.participations ?? [])
    .filter(({ direction }) => direction === 'consumption')
    .filter(({ valid_to }) => valid_to === null || valid_to > today)
    .map(({ prm }) => prm);
  return choicesOf<Buyer>(
    [
      [EVERYBODY, words.everybody],
      ...groups.map(({ name }) => [{ consumer: null, group: name }, words.group(name)] as const),
      ...[...new Set(points)].map(
        (prm) => [{ consumer: prm, group: null }, names.ofPoint(prm)] as const,
      ),
    ],
    EVERYBODY,
  );
}

/** The plants of the operation, those of all sellers. */
export function usePlants(operation: string): string[] {
  const { data: sellers = [] } = useQuery(sellersQuery(operation));
  return sellers.flatMap(({ points }) => points);
}

/** Of which plant something can be: all of them, or one. */
export function usePlantChoices(operation: string): Choices<string | null> {
  const words = useWords(pricesWords);
  const names = useNames(operation);
  const plants = usePlants(operation);
  return choicesOf<string | null>(
    [[null, words.otherPlants], ...plants.map((prm) => [prm, names.ofPoint(prm)] as const)],
    null,
  );
}
