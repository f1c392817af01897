import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  redirect,
} from '@tanstack/react-router';
import { LogIn } from './pages/LogIn';
import { Month } from './pages/Month';
import { NotFound, Shell } from './pages/Shell';
import { Failed } from './parts/Failed';
import { consumingPoints, meQuery } from './queries/me';
import { monthQuery } from './queries/months';
import { monthAt, monthBeside } from './words/dates';

interface Context {
  queries: QueryClient;
}

const root = createRootRouteWithContext<Context>()({
  component: Shell,
  notFoundComponent: NotFound,
  errorComponent: ({ error, reset }) => <Failed error={error as Error} onRetry={reset} />,
});

const logIn = createRoute({
  getParentRoute: () => root,
  path: '/log-in',
  component: LogIn,
  validateSearch: (search): { next?: string } =>
    // A path of ours: never another site's address.
    typeof search.next === 'string' && /^\/(?!\/)/.test(search.next) ? { next: search.next } : {},
});

/** The parent of all pages that are for who is logged in. */
const inside = createRoute({
  getParentRoute: () => root,
  id: 'inside',
  beforeLoad: async ({ context, location }) => {
    const me = await context.queries.ensureQueryData(meQuery);
    if (!me) throw redirect({ to: '/log-in', search: { next: location.href } });
    return { me };
  },
});

const home = createRoute({
  getParentRoute: () => inside,
  path: '/',
  beforeLoad: () => {
    // The last whole month: of this one, most days are not there yet.
    const month = monthBeside(monthAt(new Date()), -1);
    throw redirect({ to: '/month/$month', params: { month }, search: { point: 1 } });
  },
});

const month = createRoute({
  getParentRoute: () => inside,
  path: '/month/$month',
  component: Month,
  validateSearch: (search): { point: number } => ({
    point: Math.max(1, Math.floor(Number(search.point)) || 1),
  }),
  loaderDeps: ({ search }) => search,
  loader: ({ context, params, deps }) => {
    const point = consumingPoints(context.me)[deps.point - 1];
    // What fails is told by the page, which has a button to try again.
    if (point) {
      const query = monthQuery(point.operation_id, point.prm, params.month);
      void context.queries.prefetchQuery(query);
    }
  },
});

export function makeRouter(queries: QueryClient) {
  return createRouter({
    routeTree: root.addChildren([logIn, inside.addChildren([home, month])]),
    context: { queries },
    scrollRestoration: true,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
