import { queryOptions } from '@tanstack/react-query';
import { SERVICES, type Service } from './services';

/** How a service is, as it says itself. */
export interface Health {
  problems: string[];
  warnings: string[];
  /** Events that no handler could take; null: it cannot tell. */
  parked: number | null;
}

type ByService = Partial<Record<Service, Health>>;

/** Of all services; one that does not answer is missing. */
export const healthQuery = queryOptions({
  queryKey: ['health'],
  queryFn: async (): Promise<ByService> => {
    const ofAll = await healthAt('/health');
    if (ofAll) return ofAll;
    // Behind the gateway each is asked by itself.
    const ofEach = await Promise.all(SERVICES.map((name) => healthAt(`/health/${name}`)));
    return Object.assign({}, ...ofEach);
  },
  staleTime: 10_000,
});

/** null: no answer there has it. What is not well answers 503, and says why. */
async function healthAt(path: string): Promise<ByService | null> {
  const response = await fetch(path, { headers: { accept: 'application/json' } });
  try {
    return (await response.json()).services ?? null;
  } catch {
    return null;
  }
}
