import type { QueryClient } from '@tanstack/react-query';
import { createRoute, lazyRouteComponent, notFound, redirect } from '@tanstack/react-router';
import { explanationQuery } from '../queries/explanations';
import { isStaff, type OwnParticipation, plantOf, pointOf, runsOperations } from '../queries/me';
import { lastDayWithShares, lastMonthWithShares, monthQuery, monthsQuery } from '../queries/months';
import { dayAt, dayLater, isDay, isMonth, monthAt } from '../words/dates';
import { inside, pointSearch, stepSearch } from './root';

const home = createRoute({
  getParentRoute: () => inside,
  path: '/',
  validateSearch: ({ first }): { first?: true } => (first ? { first: true } : {}),
  beforeLoad: ({ context: { me }, search }) => {
    if (isStaff(me)) throw redirect({ to: '/staff' });
    if (runsOperations(me)) throw redirect({ to: '/o' });
    throw redirect({ to: '/month', search });
  },
});

const joining = createRoute({
  getParentRoute: () => inside,
  path: '/joining',
  component: lazyRouteComponent(() => import('../pages/Joining'), 'Joining'),
});

const monthOfNow = createRoute({
  getParentRoute: () => inside,
  path: '/month',
  validateSearch: ({ first }): { first?: true } => (first ? { first: true } : {}),
  beforeLoad: async ({ context: { me, queries }, search }) => {
    if (!pointOf(me, 1) && plantOf(me, 1)) throw redirect({ to: '/production' });
    if (!pointOf(me, 1) && me.joining.length > 0) throw redirect({ to: '/joining' });
    const month = (await lastMonth(queries, pointOf(me, 1))) ?? monthAt(new Date());
    throw redirect({ to: '/month/$month', params: { month }, search: { point: 1, ...search } });
  },
});

const month = createRoute({
  getParentRoute: () => inside,
  path: '/month/$month',
  component: lazyRouteComponent(() => import('../pages/Month'), 'Month'),
  validateSearch: (search): { point: number; first?: true } => ({
    ...pointSearch(search),
    ...(search.first ? { first: true } : {}),
  }),
  beforeLoad: ({ params }) => {
    if (!isMonth(params.month)) throw notFound();
  },
  loaderDeps: ({ search }) => ({ point: search.point }),
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

const dayOfNow = createRoute({
  getParentRoute: () => inside,
  path: '/day',
  beforeLoad: async ({ context: { me, queries } }) => {
    if (!pointOf(me, 1) && plantOf(me, 1)) throw redirect({ to: '/production/day' });
    const day = (await lastDay(queries, pointOf(me, 1))) ?? dayLater(dayAt(new Date()), -2);
    throw redirect({ to: '/day/$day', params: { day }, search: { point: 1 } });
  },
});

const day = createRoute({
  getParentRoute: () => inside,
  path: '/day/$day',
  component: lazyRouteComponent(() => import('../pages/Day'), 'Day'),
  validateSearch: stepSearch,
  beforeLoad: ({ params }) => {
    if (!isDay(params.day)) throw notFound();
  },
  loaderDeps: ({ search }) => ({ point: search.point }),
  loader: ({ context, params, deps }) => {
    const point = pointOf(context.me, deps.point);
    if (point) {
      const { operation_id, prm } = point;
      void context.queries.prefetchQuery(explanationQuery(operation_id, prm, params.day));
    }
  },
});

const history = createRoute({
  getParentRoute: () => inside,
  path: '/history',
  component: lazyRouteComponent(() => import('../pages/History'), 'History'),
  validateSearch: pointSearch,
});

/** What one consumed, and what of it was local. */
export const energyRoutes = [home, joining, monthOfNow, month, dayOfNow, day, history];

type Point = OwnParticipation | undefined;

/** The month to begin with, if there is any. */
async function lastMonth(queries: QueryClient, point: Point): Promise<string | undefined> {
  if (!point) return undefined;
  return lastMonthWithShares(
    await queries.ensureQueryData(monthsQuery(point.operation_id, point.prm)),
  );
}

async function lastDay(queries: QueryClient, point: Point): Promise<string | undefined> {
  const month = await lastMonth(queries, point);
  if (!point || !month) return undefined;
  const { operation_id, prm } = point;
  const { days } = await queries.ensureQueryData(monthQuery(operation_id, prm, month));
  return lastDayWithShares(days);
}
