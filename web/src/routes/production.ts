import type { QueryClient } from '@tanstack/react-query';
import { createRoute, lazyRouteComponent, notFound, redirect } from '@tanstack/react-router';
import { explanationQuery } from '../queries/explanations';
import { type Me, plantOf } from '../queries/me';
import { lastDayWithShares, lastMonthWithShares } from '../queries/months';
import { plantMonthQuery, plantMonthsQuery } from '../queries/plantMonths';
import { dayAt, dayLater, isDay, isMonth, monthAt } from '../words/dates';
import { inside, pointSearch, stepSearch } from './root';

const productionOfNow = createRoute({
  getParentRoute: () => inside,
  path: '/production',
  beforeLoad: async ({ context: { me, queries } }) => {
    const month = await monthToBeginWith(queries, me);
    throw redirect({ to: '/production/$month', params: { month }, search: { point: 1 } });
  },
});

const history = createRoute({
  getParentRoute: () => inside,
  path: '/production/history',
  component: lazyRouteComponent(
    () => import('../pages/production/ProductionHistory'),
    'ProductionHistory',
  ),
  validateSearch: pointSearch,
});

const production = createRoute({
  getParentRoute: () => inside,
  path: '/production/$month',
  component: lazyRouteComponent(() => import('../pages/production/Production'), 'Production'),
  validateSearch: pointSearch,
  beforeLoad: ({ params }) => {
    if (!isMonth(params.month)) throw notFound();
  },
  loaderDeps: ({ search }) => search,
  loader: ({ context, params, deps }) => {
    const plant = plantOf(context.me, deps.point);
    if (plant) {
      const { operation_id, prm } = plant;
      // What fails is told by the page, which has a button to try again.
      void context.queries.prefetchQuery(plantMonthQuery(operation_id, prm, params.month));
      void context.queries.prefetchQuery(plantMonthsQuery(operation_id, prm));
    }
  },
});

const dayOfNow = createRoute({
  getParentRoute: () => inside,
  path: '/production/day',
  beforeLoad: async ({ context: { me, queries } }) => {
    const day = (await lastDay(queries, me)) ?? dayLater(dayAt(new Date()), -2);
    throw redirect({ to: '/production/day/$day', params: { day }, search: { point: 1 } });
  },
});

const day = createRoute({
  getParentRoute: () => inside,
  path: '/production/day/$day',
  component: lazyRouteComponent(() => import('../pages/production/ProductionDay'), 'ProductionDay'),
  validateSearch: stepSearch,
  beforeLoad: ({ params }) => {
    if (!isDay(params.day)) throw notFound();
  },
  loaderDeps: ({ search }) => ({ point: search.point }),
  loader: ({ context, params, deps }) => {
    const plant = plantOf(context.me, deps.point);
    if (plant) {
      const { operation_id, prm } = plant;
      void context.queries.prefetchQuery(explanationQuery(operation_id, prm, params.day));
    }
  },
});

/** What one's plants made, and what became of it. */
export const productionRoutes = [productionOfNow, history, production, dayOfNow, day];

async function monthToBeginWith(queries: QueryClient, me: Me): Promise<string> {
  const plant = plantOf(me, 1);
  const months = plant
    ? await queries.ensureQueryData(plantMonthsQuery(plant.operation_id, plant.prm))
    : [];
  return lastMonthWithShares(months) ?? monthAt(new Date());
}

async function lastDay(queries: QueryClient, me: Me): Promise<string | undefined> {
  const plant = plantOf(me, 1);
  if (!plant) return undefined;
  const month = await monthToBeginWith(queries, me);
  const { days } = await queries.ensureQueryData(
    plantMonthQuery(plant.operation_id, plant.prm, month),
  );
  return lastDayWithShares(days);
}
