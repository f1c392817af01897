import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, createRoute, redirect } from '@tanstack/react-router';
import { NotFound, Shell } from '../pages/Shell';
import { meQuery } from '../queries/me';

interface Context {
  queries: QueryClient;
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
    if (!me) throw redirect({ to: '/log-in', search: { next: location.href } });
    return { me };
  },
});

/** Which of one's points is looked at: the first one, if the address names none. */
export function pointSearch(search: Record<string, unknown>): { point: number } {
  return { point: Math.max(1, Math.floor(Number(search.point)) || 1) };
}
