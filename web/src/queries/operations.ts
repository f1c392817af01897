import type { Me } from './me';

export interface Operation {
  id: string;
  name: string;
}

/** The operations that one takes part in or runs, each once. */
export function operationsOf(me: Me): Operation[] {
  const names = new Map<string, string>();
  for (const { id, name } of me.organised) names.set(id, name);
  for (const { operation_id, operation_name } of me.profile?.participations ?? []) {
    names.set(operation_id, operation_name);
  }
  return [...names].map(([id, name]) => ({ id, name }));
}
