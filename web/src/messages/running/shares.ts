import type { DayStatus } from '../../queries/shares';
import { de } from '../../words/elision';
import { both } from '../../words/language';
import { counted } from '../../words/numbers';

interface SharesWords {
  title: string;
  allShared: (days: number) => string;
  shared: (shared: number, days: number) => string;
  nobody: string;
  why: Record<DayStatus, string>;
  lacks: (points: string) => string;
  andMore: (count: number) => string;
  balance: string;
  produced: string;
  given: string;
  givenKwh: string;
  surplus: string;
  consumed: string;
  local: string;
  grid: string;
  balanceOf: string;
  exact: (wmin: string) => string;
  isExact: string;
  isNot: string;
  table: string;
}

export const sharesWords = both<SharesWords>(
  {
    title: '2. Les parts',
    allShared: (days) =>
      days === 1 ? 'Le seul jour du mois est réparti.' : `Les ${days} jours du mois sont répartis.`,
    shared: (shared, days) =>
      `${counted.fr(shared, 'jour est réparti', 'jours sont répartis')} sur ${days}.`,
    nobody: 'Personne ne participait encore à l’opération ce mois-là.',
    why: {
      allocated: 'réparti',
      incomplete: 'il manque des mesures',
      no_readings: 'aucune mesure n’est arrivée',
      no_key: 'aucune clé de partage n’est en vigueur',
      key_incomplete: 'la clé de partage attend ses coefficients',
      failed: 'le calcul a échoué, l’équipe de la plateforme le regarde',
      waiting: 'en cours de calcul',
      purged: 'trop ancien, ses courbes ne sont plus gardées',
    },
    lacks: (points) => `il manque des mesures ${de(points)}`,
    andMore: (count) => `et ${counted.fr(count, 'autre point', 'autres points')}`,
    balance: 'Le bilan des jours répartis',
    produced: 'Produit',
    given: 'dont partagé',
    givenKwh: 'Partagé, kWh',
    surplus: 'dont surplus',
    consumed: 'Consommé',
    local: 'dont local',
    grid: 'dont du réseau',
    balanceOf: 'Écart',
    exact: (wmin) => `${wmin}\u00a0W·min`,
    isExact: 'Le bilan tombe juste, au watt-minute près.',
    isNot: 'Le bilan ne tombe pas juste : dites-le à l’équipe de la plateforme.',
    table: 'Jour par jour',
  },
  {
    title: '2. The shares',
    allShared: (days) =>
      days === 1
        ? 'The only day of the month is shared out.'
        : `All ${days} days of the month are shared out.`,
    shared: (shared, days) =>
      `${shared} of ${counted.en(days, 'day', 'days')} ${shared === 1 ? 'is' : 'are'} shared out.`,
    nobody: 'Nobody took part in the operation yet that month.',
    why: {
      allocated: 'shared out',
      incomplete: 'readings are missing',
      no_readings: 'no reading has come',
      no_key: 'no sharing key is in force',
      key_incomplete: 'the sharing key waits for its coefficients',
      failed: 'the computation failed, the platform’s staff look at it',
      waiting: 'being computed',
      purged: 'too old, its curves are no longer kept',
    },
    lacks: (points) => `readings of ${points} are missing`,
    andMore: (count) => `and ${counted.en(count, 'more point', 'more points')}`,
    balance: 'The balance of the days shared out',
    produced: 'Produced',
    given: 'of which shared',
    givenKwh: 'Shared, kWh',
    surplus: 'of which surplus',
    consumed: 'Consumed',
    local: 'of which local',
    grid: 'of which from the grid',
    balanceOf: 'Difference',
    exact: (wmin) => `${wmin}\u00a0W·min`,
    isExact: 'The balance is exact, to the watt-minute.',
    isNot: 'The balance is not exact: tell the platform’s staff.',
    table: 'Day by day',
  },
);
