import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, createRoute, redirect } from '@tanstack/react-router';
import { NotFound, Shell } from '../pages/Shell';
import { meQuery } from '../queries/me';
import { publicOperationsQuery } from '../queries/publicOperations';

interface Context {
  queries: QueryClient;
  /** Load the routes for who runs operations and for staff. */
  openAreas: () => Promise<void>;
}

export const root = createRootRouteWithContext<Context>()({
  component: Shell,
  notFoundComponent: NotFound,
});

/** The parent of all pages that are for who is logged in. */
export const inside = createRoute({
  getParentRoute: () => root,
  id: 'inside',
  beforeLoad: async ({ context, location }) => {
    const me = await context.queries.ensureQueryData(meQuery);
    if (me?.needs_authenticator && location.pathname !== '/me/security') {
      throw redirect({ to: '/me/security' });
    }
    if (me) return { me };
    if (location.pathname === '/' && (await hasOperations(context.queries))) {
      throw redirect({ to: '/operations' });
    }
    throw redirect({ to: '/log-in', search: { next: location.href } });
  },
});

/**
 * Whether there is something to show to who only wants to see what this is: a bare log-in tells a
 * neighbour nothing, and a member has it in the header.
 */
async function hasOperations(queries: QueryClient): Promise<boolean> {
  try {
    return (await queries.ensureQueryData(publicOperationsQuery)).length > 0;
  } catch {
    return false;
  }
}

/** Which of one's points is looked at: the first one, if the address names none. */
export function pointSearch(search: Record<string, unknown>): { point: number } {
  return { point: Math.max(1, Math.floor(Number(search.point)) || 1) };
}

/** Which step of a day is looked at, beside the point; none: about noon. */
export function stepSearch(search: Record<string, unknown>): { point: number; step?: number } {
  const step = Math.floor(Number(search.step));
  return { ...pointSearch(search), ...(step >= 0 ? { step } : {}) };
}
