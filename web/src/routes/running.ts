import { createRoute, lazyRouteComponent, notFound, redirect } from '@tanstack/react-router';
import { isStaff } from '../queries/me';
import { isMonth, lastMonthOver } from '../words/dates';
import { inside } from './root';

const all = createRoute({
  getParentRoute: () => inside,
  path: '/o',
  component: lazyRouteComponent(() => import('../pages/running/Operations'), 'Operations'),
  beforeLoad: ({ context: { me } }) => {
    const [only, ...others] = me.organised;
    if (only && others.length === 0 && !isStaff(me)) {
      throw redirect({ to: '/o/$operation', params: { operation: only.id } });
    }
  },
});

/** The parent of the pages of one operation, for who runs it. */
const operation = createRoute({
  getParentRoute: () => inside,
  path: '/o/$operation',
  component: lazyRouteComponent(() => import('../pages/running/Area'), 'Area'),
});

const home = createRoute({
  getParentRoute: () => operation,
  path: '/',
  component: lazyRouteComponent(() => import('../pages/running/home/Home'), 'Home'),
});

const lastClose = createRoute({
  getParentRoute: () => operation,
  path: '/months',
  beforeLoad: ({ params }) => {
    const month = lastMonthOver(new Date());
    throw redirect({ to: '/o/$operation/months/$month', params: { ...params, month } });
  },
});

const close = createRoute({
  getParentRoute: () => operation,
  path: '/months/$month',
  component: lazyRouteComponent(() => import('../pages/running/close/Close'), 'Close'),
  beforeLoad: ({ params }) => {
    if (!isMonth(params.month)) throw notFound();
  },
});

/** What who runs operations does with them; in scripts of their own, which no member loads. */
export const runningRoutes = [all, operation.addChildren([home, lastClose, close])];
