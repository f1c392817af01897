import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { isStaff } from '../../queries/me';
import { inside } from '../root';
import { operation } from './operation';

export const operations = createRoute({
  getParentRoute: () => inside,
  path: '/o',
  component: lazyRouteComponent(() => import('../../pages/running/Operations'), 'Operations'),
  beforeLoad: ({ context: { me } }) => {
    const [only, ...others] = me.organised;
    if (only && others.length === 0 && !isStaff(me)) {
      throw redirect({ to: '/o/$operation', params: { operation: only.id } });
    }
  },
});

export const home = createRoute({
  getParentRoute: () => operation,
  path: '/',
  component: lazyRouteComponent(() => import('../../pages/running/home/Home'), 'Home'),
});
