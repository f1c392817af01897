import { createRoute, lazyRouteComponent, notFound, redirect } from '@tanstack/react-router';
import { isMonth, lastMonthOver } from '../../words/dates';
import { operation } from './operation';

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
  component: lazyRouteComponent(() => import('../../pages/running/close/Close'), 'Close'),
  beforeLoad: ({ params }) => {
    if (!isMonth(params.month)) throw notFound();
  },
});

export const monthRoutes = [lastClose, close] as const;
