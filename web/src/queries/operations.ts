import type { Me } from './me';

export interface Operation {
  id: string;
  name: string;
}

/** The operations that one takes part in or runs, each once. */
export function operationsOf(me: Me): Operation[] {
  return once([...me.organised, ...operationsOfPoints(me)]);
}

/** The operations that one has or had a point in, or is to come into: they have one's papers. */
export function ownOperations(me: Me): Operation[] {
  return once([...operationsOfPoints(me), ...me.joining]);
}

/** The operations whose organiser one may ask: all of one's own, or only this. */
export function operationsToAsk(me: Me, only?: string): Operation[] {
  return ownOperations(me).filter(({ id }) => only === undefined || id === only);
}

/** One for each stay in it. */
function operationsOfPoints(me: Me): Operation[] {
  const stays = me.profile?.participations ?? [];
  return stays.map(({ operation_id, operation_name }) => ({
    id: operation_id,
    name: operation_name,
  }));
}

function once(operations: Operation[]): Operation[] {
  const names = new Map(operations.map(({ id, name }) => [id, name]));
  return [...names].map(([id, name]) => ({ id, name }));
}
