import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { operation } from './operation';

const board = createRoute({
  getParentRoute: () => operation,
  path: '/people',
  component: lazyRouteComponent(() => import('../../pages/running/people/Board'), 'Board'),
});

const members = createRoute({
  getParentRoute: () => operation,
  path: '/people/members',
  component: lazyRouteComponent(() => import('../../pages/running/people/Members'), 'Members'),
});

const member = createRoute({
  getParentRoute: () => operation,
  path: '/people/members/$member',
  component: lazyRouteComponent(() => import('../../pages/running/people/OneMember'), 'OneMember'),
});

const papers = createRoute({
  getParentRoute: () => operation,
  path: '/people/documents',
  component: lazyRouteComponent(
    () => import('../../pages/running/people/documents/Papers'),
    'Papers',
  ),
});

const newPaper = createRoute({
  getParentRoute: () => operation,
  path: '/people/documents/new',
  component: lazyRouteComponent(
    () => import('../../pages/running/people/documents/NewPaper'),
    'NewPaper',
  ),
  validateSearch: ({ member }): { member?: string } =>
    typeof member === 'string' ? { member } : {},
});

const onePaper = createRoute({
  getParentRoute: () => operation,
  path: '/people/documents/$document',
  component: lazyRouteComponent(
    () => import('../../pages/running/people/documents/OnePaper'),
    'OnePaper',
  ),
});

const declarations = createRoute({
  getParentRoute: () => operation,
  path: '/people/declarations',
  component: lazyRouteComponent(
    () => import('../../pages/running/people/Declarations'),
    'Declarations',
  ),
});

const importing = createRoute({
  getParentRoute: () => operation,
  path: '/people/import',
  component: lazyRouteComponent(() => import('../../pages/running/people/Import'), 'Import'),
  validateSearch: ({ of }): { of?: 'participations' } => (of === 'participations' ? { of } : {}),
});

const map = createRoute({
  getParentRoute: () => operation,
  path: '/people/map',
  component: lazyRouteComponent(() => import('../../pages/running/people/PeopleMap'), 'PeopleMap'),
});

export const peopleRoutes = [
  board,
  members,
  member,
  papers,
  newPaper,
  onePaper,
  declarations,
  importing,
  map,
] as const;
