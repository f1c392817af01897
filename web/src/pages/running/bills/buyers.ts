import { useQuery } from '@tanstack/react-query';
import { pricesWords } from '../../../messages/running/prices';
import { perimeterQuery } from '../../../queries/perimeters';
import { type Choice, choicesOf } from '../../../words/choices';
import { dayAt } from '../../../words/dates';
import { useWords } from '../../../words/language';
import type { Defined } from '../../../words/priceLists';
import { consumersOf, plantsOf } from '../../../words/standing';
import { useNames } from '../names';
import { type Buyer, usePriceNames } from './priceNames';

export const EVERYBODY: Buyer = { consumer: null, group: null };

export function buyerOf({ consumer, group }: Buyer): Buyer {
  return { consumer, group };
}

/** For whom something can be: everybody, a group or a member's point; and for whom it was. */
export function useBuyers(operation: string, { groups }: Defined, former?: Buyer): Choice<Buyer>[] {
  const { whom } = usePriceNames(operation);
  const { data: perimeter } = useQuery(perimeterQuery(operation));
  const consumers = perimeter ? consumersOf(perimeter, dayAt(new Date())) : [];
  const all: Buyer[] = [
    EVERYBODY,
    ...groups.map(({ name }) => ({ consumer: null, group: name })),
    ...consumers.map((prm) => ({ consumer: prm, group: null })),
  ];
  return choicesOf(all, former && buyerOf(former), whom);
}

/** Which plant something can be of: one of the operation, or that of which it was. */
export function usePlants(operation: string, former?: string): Choice<string>[] {
  const names = useNames(operation);
  return choicesOf(useStandingPlants(operation), former, names.ofPoint);
}

/** The same, or all of them: null. */
export function usePlantsOrAll(operation: string, former?: string | null): Choice<string | null>[] {
  const words = useWords(pricesWords);
  const names = useNames(operation);
  return choicesOf<string | null>([null, ...useStandingPlants(operation)], former, (prm) =>
    prm === null ? words.otherPlants : names.ofPoint(prm),
  );
}

function useStandingPlants(operation: string): string[] {
  const { data: perimeter } = useQuery(perimeterQuery(operation));
  return perimeter ? plantsOf(perimeter, dayAt(new Date())) : [];
}
