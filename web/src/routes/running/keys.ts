import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { isMonth } from '../../words/dates';
import { operation } from './operation';

const keys = createRoute({
  getParentRoute: () => operation,
  path: '/keys',
  component: lazyRouteComponent(() => import('../../pages/running/keys/Keys'), 'Keys'),
});

const newKey = createRoute({
  getParentRoute: () => operation,
  path: '/keys/new',
  component: lazyRouteComponent(() => import('../../pages/running/keys/NewKey'), 'NewKey'),
});

const oneKey = createRoute({
  getParentRoute: () => operation,
  path: '/keys/$key',
  component: lazyRouteComponent(() => import('../../pages/running/keys/OneKey'), 'OneKey'),
});

const vote = createRoute({
  getParentRoute: () => operation,
  path: '/keys/$key/vote',
  component: lazyRouteComponent(() => import('../../pages/running/keys/Vote'), 'Vote'),
});

const compare = createRoute({
  getParentRoute: () => operation,
  path: '/keys/compare',
  component: lazyRouteComponent(() => import('../../pages/running/keys/Compare'), 'Compare'),
});

const comparison = createRoute({
  getParentRoute: () => operation,
  path: '/keys/compare/$simulation',
  component: lazyRouteComponent(() => import('../../pages/running/keys/Comparison'), 'Comparison'),
  validateSearch: ({ scenario }): { scenario?: number } =>
    Number.isInteger(scenario) && Number(scenario) > 0 ? { scenario: Number(scenario) } : {},
});

const coefficients = createRoute({
  getParentRoute: () => operation,
  path: '/keys/coefficients',
  component: lazyRouteComponent(
    () => import('../../pages/running/keys/Coefficients'),
    'Coefficients',
  ),
  validateSearch: ({ month }): { month?: string } =>
    typeof month === 'string' && isMonth(month) ? { month } : {},
});

const deposits = createRoute({
  getParentRoute: () => operation,
  path: '/keys/deposits',
  component: lazyRouteComponent(() => import('../../pages/running/deposits/Deposits'), 'Deposits'),
  validateSearch: ({ month }): { month?: string } =>
    typeof month === 'string' && isMonth(month) ? { month } : {},
});

export const keyRoutes = [
  keys,
  newKey,
  oneKey,
  vote,
  compare,
  comparison,
  coefficients,
  deposits,
] as const;
