import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { Stage } from '../queries/requestDesk';
import { STAGES } from '../queries/requests';
import { inside } from './root';

/** The parent of the pages for the platform's staff. */
const staff = createRoute({
  getParentRoute: () => inside,
  path: '/staff',
  component: lazyRouteComponent(() => import('../pages/staff/StaffArea'), 'StaffArea'),
});

const home = createRoute({
  getParentRoute: () => staff,
  path: '/',
  component: lazyRouteComponent(() => import('../pages/staff/home/StaffHome'), 'StaffHome'),
});

const requests = createRoute({
  getParentRoute: () => staff,
  path: '/requests',
  component: lazyRouteComponent(() => import('../pages/staff/requests/Requests'), 'Requests'),
  validateSearch: ({ stage, who, late }): RequestsSearch => ({
    ...(isStage(stage) ? { stage } : {}),
    ...(who === 'me' ? { who } : {}),
    ...(late ? { late: true as const } : {}),
  }),
});

const request = createRoute({
  getParentRoute: () => staff,
  path: '/requests/$request',
  component: lazyRouteComponent(() => import('../pages/staff/requests/OneRequest'), 'OneRequest'),
});

/** Which requests one looks at. */
interface RequestsSearch {
  stage?: Stage | undefined;
  who?: 'me' | undefined;
  late?: true | undefined;
}

function isStage(value: unknown): value is Stage {
  return value === 'declined' || STAGES.some((stage) => stage === value);
}

/** What the platform's staff do; in scripts of their own, which no member loads. */
export const staffRoutes = [staff.addChildren([home, requests, request])];
