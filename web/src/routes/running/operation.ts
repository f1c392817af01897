import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { inside } from '../root';

/** The parent of the pages of one operation, for who runs it. */
export const operation = createRoute({
  getParentRoute: () => inside,
  path: '/o/$operation',
  component: lazyRouteComponent(() => import('../../pages/running/Area'), 'Area'),
});
