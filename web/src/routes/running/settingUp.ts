import { createRoute, lazyRouteComponent, notFound } from '@tanstack/react-router';
import { isSetUpStep } from '../../words/setUpSteps';
import { operation } from './operation';

const setUp = createRoute({
  getParentRoute: () => operation,
  path: '/setup',
  component: lazyRouteComponent(() => import('../../pages/running/setup/SetUp'), 'SetUp'),
});

const step = createRoute({
  getParentRoute: () => operation,
  path: '/setup/$step',
  component: lazyRouteComponent(() => import('../../pages/running/setup/Step'), 'Step'),
  beforeLoad: ({ params }) => {
    if (!isSetUpStep(params.step)) throw notFound();
  },
});

const files = createRoute({
  getParentRoute: () => operation,
  path: '/files',
  component: lazyRouteComponent(() => import('../../pages/running/files/Files'), 'Files'),
});

const file = createRoute({
  getParentRoute: () => operation,
  path: '/files/$delivery',
  component: lazyRouteComponent(() => import('../../pages/running/files/OwnFile'), 'OwnFile'),
});

const settings = createRoute({
  getParentRoute: () => operation,
  path: '/settings',
  component: lazyRouteComponent(() => import('../../pages/running/settings/Settings'), 'Settings'),
});

export const settingUpRoutes = [setUp, step, files, file, settings] as const;
