import { expect, test } from 'vitest';
import { percentOf, rulesOf } from '../../src/words/depositRules';
import { consumersDuring } from '../../src/words/standing';

const PRM = '99220000000101';
const OTHER = '99220000000102';

test('what is typed becomes rules by calendar, with a 0 for who has nothing', () => {
  const working = {
    id: 1,
    days: 'working',
    from: 8,
    to: 18,
    percents: { [PRM]: '70', [OTHER]: '' },
  };
  const night = { id: 2, days: 'all', from: 22, to: 24, percents: { [PRM]: '0', [OTHER]: '12,5' } };

  expect(rulesOf({ [PRM]: '20', [OTHER]: '80' }, [working, night] as never)).toEqual({
    shares: { [PRM]: '0.2', [OTHER]: '0.8' },
    schedules: [
      {
        days: ['working_day'],
        hours: [['08:00', '18:00']],
        shares: { [PRM]: '0.7', [OTHER]: '0' },
      },
      { hours: [['22:00', '24:00']], shares: { [PRM]: '0', [OTHER]: '0.125' } },
    ],
  });
});

test('a share is told in percent, to the hundredth', () => {
  expect(['0', '0.3333', '0.29', '1', '0.29530201'].map(percentOf)).toEqual([
    0, 33.33, 29, 100, 29.53,
  ]);
});

test('who joins or leaves within a month takes part in it', () => {
  const stay = (prm: string, valid_from: string, valid_to: string | null) => ({
    prm,
    valid_from,
    valid_to,
    direction: 'consumption',
  });
  const participations = [
    stay('a', '2026-01-01', null),
    stay('b', '2026-10-31', null),
    stay('c', '2026-01-01', '2026-10-02'),
    stay('d', '2026-11-01', null),
    stay('e', '2026-01-01', '2026-10-01'),
  ];

  expect(consumersDuring({ participations } as never, '2026-10')).toEqual(['a', 'b', 'c']);
});
