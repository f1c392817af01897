import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { ProductionSteps } from '../../src/pages/production/ProductionSteps';
import type { ProducerDay } from '../../src/queries/explanations';
import { Spoken } from '../../src/words/language';
import { clockChange, placeOf, times } from '../../src/words/steps';

function day(soldWmin: number | null): ProducerDay {
  const step = {
    start: '2026-10-12T10:30:00Z',
    local_time: '12:30+02:00',
    production_wmin: 150_000,
    reading: 'metered' as const,
    sold_wmin: soldWmin,
    surplus_wmin: soldWmin === null ? null : 150_000 - soldWmin,
  };
  const withheld = soldWmin === null;
  const sums = { production_wmin: 150_000, sold_wmin: soldWmin };
  return { summary: '', withheld, ...sums, steps: [step] };
}

function figures(producer: ProducerDay): string[] {
  const html = renderToStaticMarkup(
    <Spoken language="fr">
      <ProductionSteps producer={producer} />
    </Spoken>,
  );
  return [...html.matchAll(/<td>([^<]*)<\/td>/g)].map(([, text]) => text ?? '');
}

test('what was made of a half-hour is told, and what was shared where it tells of nobody', () => {
  expect(figures(day(90_000))).toEqual(['2,50', '1,50', '1,00']);
  expect(figures(day(null))).toEqual(['2,50']);
});

const clock = (...times: string[]) => times.map((local_time) => ({ local_time }));

test('an hour that comes twice says which it is, and the day why', () => {
  const steps = clock('02:30+02:00', '02:00+01:00', '02:30+01:00', '03:00+01:00');

  expect(times(steps, 0, 'en')).toBe('02:30 (summer time)\u00a0– 02:00');
  expect(times(steps, 3, 'en')).toBe('03:00\u00a0– 24:00');
  expect(clockChange(steps, 'en')).toBe('This day has 25 hours: at 03:00 it was 02:00 again.');
  expect(clockChange(clock('01:30+01:00', '03:00+02:00'), 'en')).toContain('23 hours');
  expect(clockChange(steps.slice(1), 'en')).toBeNull();
});

test('a step that the day has not is its last one, and none is about noon', () => {
  const steps = clock(...Array(48).fill('12:00+02:00'));

  expect([placeOf(undefined, steps), placeOf(3, steps), placeOf(90, steps)]).toEqual([26, 3, 47]);
});
