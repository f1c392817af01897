import type { QueryClient } from '@tanstack/react-query';
import { createRouter } from '@tanstack/react-router';
import { Broken } from './pages/Shell';
import { billRoutes } from './routes/bills';
import { energyRoutes } from './routes/energy';
import { entryRoutes } from './routes/entry';
import { meRoutes } from './routes/me';
import { productionRoutes } from './routes/production';
import { publicRoutes } from './routes/public';
import { inside, root } from './routes/root';
import { runningRoutes } from './routes/running/running';
import { staffRoutes } from './routes/staff';
import { togetherRoutes } from './routes/together';

export function makeRouter(queries: QueryClient) {
  return createRouter({
    routeTree: root.addChildren([
      ...entryRoutes,
      ...publicRoutes,
      inside.addChildren([
        ...energyRoutes,
        ...productionRoutes,
        ...billRoutes,
        ...meRoutes,
        ...togetherRoutes,
        ...runningRoutes,
        ...staffRoutes,
      ]),
    ]),
    context: { queries },
    defaultErrorComponent: ({ error }) => <Broken error={error as Error} />,
    scrollRestoration: true,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
