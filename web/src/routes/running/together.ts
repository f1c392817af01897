import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { operation } from './operation';

const together = createRoute({
  getParentRoute: () => operation,
  path: '/together',
  component: lazyRouteComponent(() => import('../../pages/running/together/Together'), 'Together'),
});

const allNews = createRoute({
  getParentRoute: () => operation,
  path: '/together/news',
  component: lazyRouteComponent(
    () => import('../../pages/running/together/news/AllNews'),
    'AllNews',
  ),
});

const newGathering = createRoute({
  getParentRoute: () => operation,
  path: '/together/gatherings/new',
  component: lazyRouteComponent(
    () => import('../../pages/running/together/gatherings/NewGathering'),
    'NewGathering',
  ),
});

const oneGathering = createRoute({
  getParentRoute: () => operation,
  path: '/together/gatherings/$gathering',
  component: lazyRouteComponent(
    () => import('../../pages/running/together/gatherings/OneGathering'),
    'OneGathering',
  ),
});

const newPoll = createRoute({
  getParentRoute: () => operation,
  path: '/together/polls/new',
  component: lazyRouteComponent(
    () => import('../../pages/running/together/polls/NewPoll'),
    'NewPoll',
  ),
});

const onePoll = createRoute({
  getParentRoute: () => operation,
  path: '/together/polls/$poll',
  component: lazyRouteComponent(
    () => import('../../pages/running/together/polls/OnePoll'),
    'OnePoll',
  ),
});

const newArticle = createRoute({
  getParentRoute: () => operation,
  path: '/together/news/new',
  component: lazyRouteComponent(
    () => import('../../pages/running/together/news/NewArticle'),
    'NewArticle',
  ),
});

const oneArticle = createRoute({
  getParentRoute: () => operation,
  path: '/together/news/$article',
  component: lazyRouteComponent(
    () => import('../../pages/running/together/news/OneArticle'),
    'OneArticle',
  ),
});

const newChallenge = createRoute({
  getParentRoute: () => operation,
  path: '/together/challenges/new',
  component: lazyRouteComponent(
    () => import('../../pages/running/together/challenges/NewChallenge'),
    'NewChallenge',
  ),
});

const oneChallenge = createRoute({
  getParentRoute: () => operation,
  path: '/together/challenges/$challenge',
  component: lazyRouteComponent(
    () => import('../../pages/running/together/challenges/OneChallenge'),
    'OneChallenge',
  ),
});

/** What an organiser prepares for all, and what came of it. */
export const togetherRoutes = [
  together,
  allNews,
  newGathering,
  oneGathering,
  newPoll,
  onePoll,
  newArticle,
  oneArticle,
  newChallenge,
  oneChallenge,
] as const;
