import type { QueryClient } from '@tanstack/react-query';
import { createRoute, lazyRouteComponent, notFound, redirect } from '@tanstack/react-router';
import { type Me, plantOf } from '../queries/me';
import { lastMonthWithShares } from '../queries/months';
import { plantMonthQuery, plantMonthsQuery } from '../queries/plantMonths';
import { isMonth, monthAt } from '../words/dates';
import { inside, pointSearch } from './root';

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

/** What one's plants made, and what became of it. */
export const productionRoutes = [productionOfNow, history, production];

async function monthToBeginWith(queries: QueryClient, me: Me): Promise<string> {
  const plant = plantOf(me, 1);
  const months = plant
    ? await queries.ensureQueryData(plantMonthsQuery(plant.operation_id, plant.prm))
    : [];
  return lastMonthWithShares(months) ?? monthAt(new Date());
}
