import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Problem } from './api/problem';
import { forgetPerson } from './queries/me';
import { makeRouter } from './router';
import { whenLoggedOut } from './session';
import './styles/tokens.css';
import './styles/base.css';

const queries = new QueryClient({ defaultOptions: { queries: { retry: isWorthAnotherTry } } });

/** What was refused is refused again. */
function isWorthAnotherTry(failures: number, error: Error): boolean {
  return failures < 1 && !(error instanceof Problem && error.status < 500);
}

const router = makeRouter(queries);

whenLoggedOut(() => {
  forgetPerson(queries);
  void router.navigate({ to: '/log-in', search: {} });
});

const element = document.getElementById('root');
if (!element) throw new Error('index.html has no #root');
createRoot(element).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
);
