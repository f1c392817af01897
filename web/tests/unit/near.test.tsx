import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test, vi } from 'vitest';
import { Spoken } from '../../src/words/language';
import { operation } from './operation';

async function shown(server: string | null): Promise<string> {
  // The client asks where it is as it is loaded; what is shown needs no browser.
  vi.stubGlobal('window', { location: { origin: 'http://localhost' } });
  await import('../../src/queries/publicOperations');
  vi.unstubAllGlobals();
  const { NearEnough } = await import('../../src/pages/NearEnough');
  return renderToStaticMarkup(
    <QueryClientProvider client={new QueryClient()}>
      <Spoken language="en">
        <NearEnough operation={operation('A', { address_service: server })} onPlace={() => {}} />
      </Spoken>
    </QueryClientProvider>,
  );
}

test('who is asked where an address is, is named beside its field', async () => {
  expect(await shown('data.geopf.fr')).toContain('of the French national address service (IGN)');
  expect(await shown('addok.example.org')).toContain('of the address service addok.example.org');
});

test('where no address is looked up, none is asked for, and a place is', async () => {
  const page = await shown(null);

  expect(page).toContain('name="place"');
  expect(page).not.toContain('name="address"');
  expect(page).not.toContain('address service');
});
