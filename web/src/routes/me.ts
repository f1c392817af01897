import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { inside } from './root';

const me = createRoute({
  getParentRoute: () => inside,
  path: '/me',
  component: lazyRouteComponent(() => import('../pages/me/Me'), 'Me'),
});

const contact = createRoute({
  getParentRoute: () => inside,
  path: '/me/contact',
  component: lazyRouteComponent(() => import('../pages/me/Contact'), 'Contact'),
});

const consents = createRoute({
  getParentRoute: () => inside,
  path: '/me/consents',
  component: lazyRouteComponent(() => import('../pages/me/Consents'), 'Consents'),
});

const data = createRoute({
  getParentRoute: () => inside,
  path: '/me/data',
  component: lazyRouteComponent(() => import('../pages/me/MyData'), 'MyData'),
});

const security = createRoute({
  getParentRoute: () => inside,
  path: '/me/security',
  component: lazyRouteComponent(() => import('../pages/me/Security'), 'Security'),
});

const documents = createRoute({
  getParentRoute: () => inside,
  path: '/me/documents',
  component: lazyRouteComponent(() => import('../pages/me/Documents'), 'Documents'),
});

const capital = createRoute({
  getParentRoute: () => inside,
  path: '/me/capital',
  component: lazyRouteComponent(() => import('../pages/me/Capital'), 'Capital'),
});

const leave = createRoute({
  getParentRoute: () => inside,
  path: '/me/leave',
  component: lazyRouteComponent(() => import('../pages/me/Leave'), 'Leave'),
});

/** Who I am, what is kept of me, and what I say about it. */
export const meRoutes = [me, contact, consents, data, security, documents, capital, leave];
