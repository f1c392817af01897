import type { QueryClient } from '@tanstack/react-query';
import { type AnyRouter, createRouter } from '@tanstack/react-router';
import { Broken } from './pages/Shell';
import type { AreaRoutes } from './routes/areas';
import { billRoutes } from './routes/bills';
import { doors } from './routes/doors';
import { energyRoutes } from './routes/energy';
import { entryRoutes } from './routes/entry';
import { meRoutes } from './routes/me';
import { productionRoutes } from './routes/production';
import { publicRoutes } from './routes/public';
import { inside, root } from './routes/root';
import { togetherRoutes } from './routes/together';

export function makeRouter(queries: QueryClient) {
  // As if the areas were there: what leads to them is checked, be they loaded or not.
  const router = createRouter({
    routeTree: treeWith(doors as unknown as AreaRoutes),
    context: { queries, openAreas },
    defaultErrorComponent: ({ error }) => <Broken error={error as Error} />,
    scrollRestoration: true,
  });

  async function openAreas(): Promise<void> {
    const { areaRoutes } = await import('./routes/areas');
    treeWith(areaRoutes);
    const whole: AnyRouter = router;
    whole.setRoutes(whole.buildRouteTree());
  }

  return router;
}

/** All pages: those that everybody has, and those. */
function treeWith(areas: AreaRoutes) {
  return root.addChildren([
    ...entryRoutes,
    ...publicRoutes,
    inside.addChildren([
      ...energyRoutes,
      ...productionRoutes,
      ...billRoutes,
      ...meRoutes,
      ...togetherRoutes,
      ...areas,
    ]),
  ]);
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
