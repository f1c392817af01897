import { createRoute, lazyRouteComponent, notFound, redirect } from '@tanstack/react-router';
import { pointOf } from '../queries/me';
import { lastMonthWithShares, monthQuery, monthsQuery } from '../queries/months';
import { isMonth, monthAt } from '../words/dates';
import { inside, pointSearch } from './root';

const home = createRoute({
  getParentRoute: () => inside,
  path: '/',
  beforeLoad: async ({ context }) => {
    const point = pointOf(context.me, 1);
    const months = point
      ? await context.queries.ensureQueryData(monthsQuery(point.operation_id, point.prm))
      : [];
    const month = lastMonthWithShares(months) ?? monthAt(new Date());
    throw redirect({ to: '/month/$month', params: { month }, search: { point: 1 } });
  },
});

const month = createRoute({
  getParentRoute: () => inside,
  path: '/month/$month',
  component: lazyRouteComponent(() => import('../pages/Month'), 'Month'),
  validateSearch: pointSearch,
  beforeLoad: ({ params }) => {
    if (!isMonth(params.month)) throw notFound();
  },
  loaderDeps: ({ search }) => search,
  loader: ({ context, params, deps }) => {
    const point = pointOf(context.me, deps.point);
    // What fails is told by the page, which has a button to try again.
    if (point) {
      const { operation_id, prm } = point;
      void context.queries.prefetchQuery(monthQuery(operation_id, prm, params.month));
      void context.queries.prefetchQuery(monthsQuery(operation_id, prm));
    }
  },
});

/** What one consumed, and what of it was local. */
export const energyRoutes = [home, month];
