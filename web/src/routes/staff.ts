import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { AuditFilter } from '../queries/audit';
import type { DeliveryStatus } from '../queries/deliveries';
import type { PullState } from '../queries/dsoFiles';
import type { QuarantineState } from '../queries/quarantine';
import type { Stage } from '../queries/requestDesk';
import { SERVICES, type Service } from '../queries/services';
import {
  MESSAGE_STATES,
  type MessageState,
  PULL_STATES,
  QUARANTINE_STATES,
  REQUEST_STAGES,
  STATUSES,
} from '../words/staffSearches';
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

const newOperation = createRoute({
  getParentRoute: () => staff,
  path: '/setup',
  component: lazyRouteComponent(() => import('../pages/staff/setup/NewOperation'), 'NewOperation'),
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

const operations = createRoute({
  getParentRoute: () => staff,
  path: '/operations',
  component: lazyRouteComponent(() => import('../pages/staff/operations/Overview'), 'Overview'),
  validateSearch: ({ name, organiser, behind, page }): OverviewSearch => ({
    ...(typeof name === 'string' && name ? { name } : {}),
    ...(typeof organiser === 'string' ? { organiser } : {}),
    ...(behind ? { behind: true as const } : {}),
    ...(Number(page) > 1 ? { page: Math.floor(Number(page)) } : {}),
  }),
});

const events = createRoute({
  getParentRoute: () => staff,
  path: '/events',
  component: lazyRouteComponent(() => import('../pages/staff/events/Events'), 'Events'),
});

const deliveries = createRoute({
  getParentRoute: () => staff,
  path: '/deliveries',
  component: lazyRouteComponent(() => import('../pages/staff/deliveries/Deliveries'), 'Deliveries'),
  validateSearch: ({ status }): { status?: DeliveryStatus } => {
    const known = STATUSES.find((one) => one === status);
    return known ? { status: known } : {};
  },
});

const delivery = createRoute({
  getParentRoute: () => staff,
  path: '/deliveries/$delivery',
  component: lazyRouteComponent(
    () => import('../pages/staff/deliveries/OneDelivery'),
    'OneDelivery',
  ),
});

const missing = createRoute({
  getParentRoute: () => staff,
  path: '/missing',
  component: lazyRouteComponent(() => import('../pages/staff/missing/Missing'), 'Missing'),
  validateSearch: ({ pulls }): { pulls?: PullState } => {
    const known = PULL_STATES.find((one) => one === pulls);
    return known ? { pulls: known } : {};
  },
});

const feeds = createRoute({
  getParentRoute: () => staff,
  path: '/feeds',
  component: lazyRouteComponent(() => import('../pages/staff/feeds/Feeds'), 'Feeds'),
});

const quarantine = createRoute({
  getParentRoute: () => staff,
  path: '/quarantine',
  component: lazyRouteComponent(() => import('../pages/staff/quarantine/Quarantine'), 'Quarantine'),
  validateSearch: ({ state, code, delivery: id }): QuarantineSearch => ({
    ...(isClosed(state) ? { state } : {}),
    ...(typeof code === 'string' ? { code } : {}),
    ...(typeof id === 'string' ? { delivery: id } : {}),
  }),
});

const quarantined = createRoute({
  getParentRoute: () => staff,
  path: '/quarantine/$delivery/$number',
  component: lazyRouteComponent(() => import('../pages/staff/quarantine/OneRecord'), 'OneRecord'),
});

const accounts = createRoute({
  getParentRoute: () => staff,
  path: '/accounts',
  component: lazyRouteComponent(() => import('../pages/staff/accounts/Accounts'), 'Accounts'),
});

const account = createRoute({
  getParentRoute: () => staff,
  path: '/accounts/$account',
  component: lazyRouteComponent(() => import('../pages/staff/accounts/OneAccount'), 'OneAccount'),
});

const capital = createRoute({
  getParentRoute: () => staff,
  path: '/capital',
  component: lazyRouteComponent(
    () => import('../pages/staff/capital/CapitalRegister'),
    'CapitalRegister',
  ),
  validateSearch: ({ organiser }): { organiser?: string } =>
    typeof organiser === 'string' ? { organiser } : {},
});

const erasures = createRoute({
  getParentRoute: () => staff,
  path: '/erasures',
  component: lazyRouteComponent(() => import('../pages/staff/erasures/Erasures'), 'Erasures'),
});

const messages = createRoute({
  getParentRoute: () => staff,
  path: '/messages',
  component: lazyRouteComponent(() => import('../pages/staff/messages/Messages'), 'Messages'),
  validateSearch: ({ which }): { which?: MessageState } => {
    const known = MESSAGE_STATES.find((state) => state === which);
    return known ? { which: known } : {};
  },
});

const audit = createRoute({
  getParentRoute: () => staff,
  path: '/audit',
  component: lazyRouteComponent(() => import('../pages/staff/audit/Audit'), 'Audit'),
  validateSearch: ({ service, subject, entity, entity_id, request_id }): AuditFilter => ({
    ...(SERVICES.some((one) => one === service) ? { service: service as Service } : {}),
    ...(typeof subject === 'string' ? { subject } : {}),
    ...(typeof entity === 'string' ? { entity } : {}),
    ...(typeof entity_id === 'string' ? { entity_id } : {}),
    ...(typeof request_id === 'string' ? { request_id } : {}),
  }),
});

/** Which operations one looks at, and the page of them; the first one, if it does not say. */
interface OverviewSearch {
  name?: string | undefined;
  organiser?: string | undefined;
  behind?: true | undefined;
  page?: number | undefined;
}

/** Which records one looks at; those that are open, if it does not say. */
interface QuarantineSearch {
  state?: QuarantineState | undefined;
  code?: string | undefined;
  delivery?: string | undefined;
}

function isClosed(value: unknown): value is QuarantineState {
  return value !== 'open' && QUARANTINE_STATES.some((state) => state === value);
}

/** Which requests one looks at. */
interface RequestsSearch {
  stage?: Stage | undefined;
  who?: 'me' | undefined;
  late?: true | undefined;
}

function isStage(value: unknown): value is Stage {
  return REQUEST_STAGES.some((stage) => stage === value);
}

/** What the platform's staff do; in scripts of their own, which no member loads. */
export const staffRoutes = [
  staff.addChildren([
    home,
    newOperation,
    requests,
    request,
    operations,
    events,
    deliveries,
    delivery,
    missing,
    feeds,
    quarantine,
    quarantined,
    accounts,
    account,
    capital,
    erasures,
    messages,
    audit,
  ]),
];
