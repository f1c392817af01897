import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { LogIn } from '../pages/LogIn';
import { isOwnAddress } from '../words/addresses';
import { root } from './root';

const logIn = createRoute({
  getParentRoute: () => root,
  path: '/log-in',
  component: LogIn,
  validateSearch: ({ next }): { next?: string } =>
    typeof next === 'string' && isOwnAddress(next) ? { next } : {},
});

const invitation = createRoute({
  getParentRoute: () => root,
  path: '/invitation',
  component: lazyRouteComponent(() => import('../pages/Invitation'), 'Invitation'),
});

const forgotten = createRoute({
  getParentRoute: () => root,
  path: '/forgotten',
  component: lazyRouteComponent(() => import('../pages/Forgotten'), 'Forgotten'),
});

const emailConfirmation = createRoute({
  getParentRoute: () => root,
  path: '/email-confirmation',
  component: lazyRouteComponent(() => import('../pages/EmailConfirmation'), 'EmailConfirmation'),
});

/** What needs no log-in: how one comes in, and what links with a secret lead to. */
export const entryRoutes = [logIn, forgotten, invitation, emailConfirmation];
