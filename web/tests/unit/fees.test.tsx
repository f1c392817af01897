import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test, vi } from 'vitest';
import { pricesWords } from '../../src/messages/running/prices';
import type { Perimeter } from '../../src/queries/perimeters';
import { Spoken } from '../../src/words/language';
import { STANDARD_VAT } from '../../src/words/priceLists';

// The client asks where it is as it is loaded; what is shown needs no browser.
vi.stubGlobal('window', { location: { origin: 'http://localhost' } });
const { perimeterQuery } = await import('../../src/queries/perimeters');
vi.unstubAllGlobals();
const { Fees } = await import('../../src/pages/running/bills/terms/Fees');

const OPERATION = 'ACC00000777';
const WORDS = pricesWords.fr;

/** The form of an operation with these plants. */
function formWith(...plants: Partial<Perimeter['participations'][number]>[]): string {
  const queries = new QueryClient();
  queries.setQueryData(perimeterQuery(OPERATION).queryKey, {
    participations: plants.map((plant) => ({ direction: 'production', valid_to: null, ...plant })),
  } as Perimeter);
  return renderToStaticMarkup(
    <QueryClientProvider client={queries}>
      <Spoken language="fr">
        <Fees
          operation={OPERATION}
          defined={{ groups: [], hour_classes: [], indexes: [], unknown_hours: 'refuse' }}
          terms={[]}
          vat={STANDARD_VAT}
          onNote={() => {}}
          onEnd={() => {}}
        />
      </Spoken>
    </QueryClientProvider>,
  );
}

test('a plant can charge a fee before it produces, and one that has left cannot', () => {
  const roof = { prm: '99770000000010', valid_from: '2999-01-01' };
  const mill = { prm: '99770000000011', valid_from: '2999-01-01' };
  const html = formWith(roof, mill, { prm: '99770000000012', valid_to: '2020-01-01' });
  expect(html).toContain(WORDS.chargedBy);
  expect(html).toContain(roof.prm);
  expect(html).toContain(mill.prm);
  expect(html).not.toContain('99770000000012');
  expect(formWith(roof)).toContain(WORDS.saveFee);
});

test('without any plant it is said why there is nothing to note', () => {
  const html = formWith();
  expect(html).toContain('une centrale, et l’opération n’en a aucune');
  expect(html).not.toContain(WORDS.saveFee);
});
