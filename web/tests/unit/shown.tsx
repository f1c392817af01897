import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterContextProvider,
} from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { type LogInOptions, logInOptionsQuery } from '../../src/queries/logIns';
import { type Language, Spoken } from '../../src/words/language';

export const HERE: LogInOptions = {
  password: true,
  link: true,
  oidc: null,
  languages: ['fr', 'en'],
  operator_name: 'Pousse-Soleil',
  legal: { publisher: null, director: null, host: null, contact_email: null },
};

/** What a page shows where one logs in so, as HTML. */
export async function shown(page: ReactNode, options: LogInOptions, language: Language = 'fr') {
  const queries = new QueryClient();
  queries.setQueryData(logInOptionsQuery.queryKey, options);
  const root = createRootRoute();
  const logIn = createRoute({ getParentRoute: () => root, path: '/log-in' });
  const history = createMemoryHistory({ initialEntries: ['/log-in'] });
  const router = createRouter({ routeTree: root.addChildren([logIn]), history });
  await router.load();
  return renderToStaticMarkup(
    <QueryClientProvider client={queries}>
      <RouterContextProvider router={router as never}>
        <Spoken language={language}>{page}</Spoken>
      </RouterContextProvider>
    </QueryClientProvider>,
  );
}
