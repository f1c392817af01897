import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { LogIn } from '../pages/LogIn';
import { meQuery } from '../queries/me';
import { isOwnAddress } from '../words/addresses';
import { isRefused, type Refused } from '../words/logIns';
import { root } from './root';

const logIn = createRoute({
  getParentRoute: () => root,
  path: '/log-in',
  component: LogIn,
  validateSearch: ({ next, refused }): { next?: string; refused?: Refused } => ({
    ...(typeof next === 'string' && isOwnAddress(next) ? { next } : {}),
    ...(isRefused(refused) ? { refused } : {}),
  }),
  beforeLoad: async ({ context, location, search, cause }) => {
    // A link with a secret may be somebody else's; the page takes the secret out of the address.
    if (location.hash || cause === 'stay') return;
    // Without an answer the form is shown, which says why when it is sent.
    const me = await context.queries.ensureQueryData(meQuery).catch(() => null);
    if (me) throw redirect({ href: search.next ?? '/' });
  },
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
