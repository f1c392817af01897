import { expect, test } from 'vitest';
import { gatheringWords } from '../../src/messages/gatherings';
import { invoiceWords } from '../../src/messages/invoice';
import { keyPreviewWords } from '../../src/messages/keyPreviews';
import { pollWords } from '../../src/messages/polls';
import { areaWords } from '../../src/messages/running/area';
import { billingWords } from '../../src/messages/running/billing';
import { dataWords } from '../../src/messages/running/data';
import { stepWords } from '../../src/messages/running/steps';
import { quarantineWords } from '../../src/messages/staff/quarantine';
import { isOwnAddress, isWebAddress } from '../../src/words/addresses';
import {
  clockMinutes,
  clockTime,
  dayAt,
  dayLater,
  dayOfMonth,
  fullDay,
  isDay,
  isMonth,
  isWeekend,
  isWholeMonth,
  longDay,
  monthAt,
  monthName,
  timeAt,
  yearsLater,
} from '../../src/words/dates';
import { deviceOf } from '../../src/words/devices';
import { momentOf } from '../../src/words/instants';
import {
  counted,
  distance,
  energy,
  euros,
  kwh,
  percent,
  power,
  signedEuros,
} from '../../src/words/numbers';
import { saidIn } from './said';

const plain = (text: string) => text.replace(/\s/gu, ' ');

test('energy is whole from ten kilowatt-hours on', () => {
  expect(plain(kwh(440 * 60_000, 'fr'))).toBe('440 kWh');
  expect(plain(kwh(1_234_500 * 60, 'fr'))).toBe('1 235 kWh');
  expect(plain(kwh(14_940, 'fr'))).toBe('0,25 kWh');
  expect(plain(kwh(14_940, 'en'))).toBe('0.25 kWh');
});

test('a part is in percent, and of nothing a dash', () => {
  expect(plain(percent(0.268, 'fr'))).toBe('27 %');
  expect(percent(0.268, 'en')).toBe('27%');
  expect(percent(null, 'fr')).toBe('–');
});

test('months and days are named in the reader’s language, wherever the reader is', () => {
  expect(plain(monthName('2026-10', 'fr'))).toBe('octobre 2026');
  expect(plain(monthName('2026-10', 'en'))).toBe('October 2026');
  expect([isWeekend('2026-10-25'), isWeekend('2026-10-26')]).toEqual([true, false]);
});

test('a day has its year where that is not the one of now in Paris, and below a month never', () => {
  const now = new Date('2026-12-31T22:30:00Z');
  expect(plain(longDay('2026-10-25', 'fr', now))).toBe('dimanche 25 octobre');
  expect(plain(longDay('2025-11-01', 'fr', now))).toBe('samedi 1er novembre 2025');
  expect(plain(longDay('2025-11-01', 'en', now))).toBe('Saturday, 1 November 2025');
  expect(plain(longDay('2026-10-25', 'fr', new Date('2026-12-31T23:00:00Z')))).toBe(
    'dimanche 25 octobre 2026',
  );
  expect(plain(dayOfMonth('2025-11-01', 'fr'))).toBe('samedi 1er novembre');
});

test('a date is one word: its month does not part from its number, nor from its year', () => {
  expect(monthName('2026-10', 'fr')).toBe('octobre\u00a02026');
  expect(fullDay('2026-01-01', 'fr')).toBe('1er\u00a0janvier\u00a02026');
  expect(dayOfMonth('2026-10-25', 'en')).toBe('Sunday 25\u00a0October');
  expect(momentOf('2027-01-14T18:00:00Z', 'fr', new Date('2026-11-20T12:00:00Z'))).toBe(
    'jeudi 14\u00a0janvier\u00a02027 à 19\u00a0h',
  );
});

test('a day with its year is named as it is said, and a time is that of Paris', () => {
  expect(plain(fullDay('2026-01-01', 'fr'))).toBe('1er janvier 2026');
  expect(plain(fullDay('2026-11-21', 'fr'))).toBe('21 novembre 2026');
  expect(plain(fullDay('2026-01-01', 'en'))).toBe('1 January 2026');
  expect(timeAt(new Date('2026-07-01T10:05:00Z'), 'fr')).toBe('12\u00a0h\u00a005');
  expect(timeAt(new Date('2026-06-30T22:05:00Z'), 'en')).toBe('00:05');
});

test('days are counted by the calendar', () => {
  expect(dayLater('2026-03-01', -1)).toBe('2026-02-28');
  expect(dayLater('2026-10-25', 1)).toBe('2026-10-26');
  expect(yearsLater('2026-11-29', 3)).toBe('2029-11-29');
  expect(yearsLater('2028-02-29', 3)).toBe('2031-03-01');
});

test('a whole month is told from days of it', () => {
  expect(isWholeMonth('2026-02-01', '2026-03-01')).toBe(true);
  expect(isWholeMonth('2026-02-01', '2026-04-01')).toBe(false);
  expect(isWholeMonth('2026-02-02', '2026-03-01')).toBe(false);
});

test.each([
  ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox', 'Linux'],
  [
    'Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0 Mobile Safari/537.36',
    'Chrome',
    'Android',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Safari/604.1',
    'Safari',
    'iPhone',
  ],
  [
    'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0 Safari/537.36 Edg/150.0',
    'Edge',
    'Windows',
  ],
  ['curl/7.88.1', 'curl', ''],
  ['', '', ''],
])('a session of %s is told as that of %s on %s', (userAgent, program, system) => {
  expect(deviceOf(userAgent)).toEqual({ program, system });
});

test('what is no month is none', () => {
  const texts = ['2026-10', '2026-13', '2026-1', 'abc', '2026-10-01', ''];

  expect(texts.filter(isMonth)).toEqual(['2026-10']);
});

test.each(['https://evil.example', '//evil.example', '/\\evil.example', '/\t/evil.example', 'x'])(
  'nobody is sent to %s after a log-in',
  (address) => {
    expect(isOwnAddress(address, 'https://elocoop.example.org')).toBe(false);
    expect(isOwnAddress('/month/2026-10?point=1', 'https://elocoop.example.org')).toBe(true);
  },
);

test('it is the month of Paris, not of the browser or of UTC', () => {
  expect(dayAt(new Date('2026-10-24T22:00:00Z'))).toBe('2026-10-25');
  expect(monthAt(new Date('2026-10-31T22:59:00Z'))).toBe('2026-10');
  expect(monthAt(new Date('2026-10-31T23:00:00Z'))).toBe('2026-11');
});

test('clocks show an hour twice in autumn', () => {
  const minutes = clockMinutes('2026-10-24T22:00:00Z', 30, 50);

  expect(minutes.slice(3, 9)).toEqual([90, 120, 150, 120, 150, 180]);
});

test.each(['fr', 'en'] as const)('%s says something everywhere', (language) => {
  const texts = saidIn(language);

  expect(texts.length).toBeGreaterThan(80);
  expect(texts.filter((text) => text.trim() === '')).toEqual([]);
});

test('a day is one of the calendar', () => {
  expect(['2026-10-25', '2026-02-30', '2026-13-01', 'today'].filter(isDay)).toEqual(['2026-10-25']);
});

test('a clock is read in the reader’s language, on one line', () => {
  expect(clockTime('13:30+02:00', 'fr')).toBe('13\u00a0h\u00a030');
  expect(clockTime('08:00+02:00', 'fr')).toBe('8\u00a0h');
  expect(clockTime('08:00+02:00', 'en')).toBe('08:00');
});

test('little energy is in watt-hours, and money in euros', () => {
  expect(plain(energy(14_910, 'fr'))).toBe('249 Wh');
  expect(plain(energy(61_200, 'fr'))).toBe('1,02 kWh');
  expect(plain(euros(123_456, 'fr'))).toBe('1 234,56 €');
});

test('a number does not part from its unit', () => {
  expect(power('250.04', true, 'fr')).toBe('250\u00a0kWc');
  expect(power('36.5', false, 'en')).toBe('36.5\u00a0kW');
  expect([999, 1500, 12_400].map((metres) => distance(metres, 'fr'))).toEqual([
    '999\u00a0m',
    '1,5\u00a0km',
    '12\u00a0km',
  ]);
});

test('a difference has its sign where its language puts it', () => {
  const differences = [392, -392, 0];

  expect(differences.map((cents) => plain(signedEuros(cents, 'fr')))).toEqual([
    '+ 3,92 €',
    '− 3,92 €',
    '0,00 €',
  ]);
  expect(differences.map((cents) => signedEuros(cents, 'en'))).toEqual([
    '+€3.92',
    '−€3.92',
    '€0.00',
  ]);
});

test('a link that is none, or would be run, is not followed', () => {
  const links = ['https://a.example', 'http://a.example', 'mailto:a@example.org'];
  const others = ['javascript:alert(1)', 'data:text/html,x', '//a.example', 'x', ''];

  expect([...links, ...others].filter(isWebAddress)).toEqual(links);
});

test('a single vote is none of many', () => {
  expect(pollWords.fr.quorumRule(1)).toBe('Il faut au moins un votant.');
  expect(pollWords.fr.quorumRule(2)).toBe('Il faut au moins 2 votants.');
  expect(pollWords.fr.quorumRuleWeight(1)).toBe('Il faut au moins une voix exprimée.');
});

test('none is one in French and many in English', () => {
  const counts = [0, 1, 2, 1234];
  const plain = (text: string) => text.replace(/\s/gu, ' ');

  expect(counts.map((count) => plain(counted.fr(count, 'compte', 'comptes')))).toEqual([
    '0 compte',
    '1 compte',
    '2 comptes',
    '1 234 comptes',
  ]);
  expect(counts.map((count) => plain(counted.en(count, 'account', 'accounts')))).toEqual([
    '0 accounts',
    '1 account',
    '2 accounts',
    '1,234 accounts',
  ]);
});

test('what is said of one record, day or other is not said as of many', () => {
  const of = 'Rien n’est pris de cet enregistrement. Il reste listé, avec votre nom et la raison.';

  expect(areaWords.fr.more(1)).toBe('Voir l’autre');
  expect(areaWords.en.more(2)).toBe('Show the 2 others');
  expect(quarantineWords.fr.decideOn(1)).toBe('Décider du seul choisi');
  expect(quarantineWords.fr.discardMany(1)).toBe(of);
  expect(stepWords.fr.shared(1, 31)).toBe('1\u00a0jour sur 31');
  expect(dataWords.fr.values(1)).toBe('1\u00a0mesure');
  expect(dataWords.fr.filled(1, 0)).toBe(
    'C’est fait\u00a0: 1\u00a0mesure estimée, 0\u00a0manque encore.',
  );
  expect(billingWords.fr.issueHelp(1, '12 €', '5 décembre')).toMatch(/daté du .* Il reçoit/);
});

test('one is not written as many', () => {
  expect(invoiceWords.fr.feeDays(1, 31)).toBe('pour 1 jour sur 31');
  expect(invoiceWords.en.feeDays(1, 31)).toBe('for 1 day of 31');
  expect(gatheringWords.fr.attended(1)).toBe('1 présent');
  expect(gatheringWords.en.attended(1)).toBe('1 was there');
  expect(gatheringWords.fr.seats(1, 20)).toBe('1 place prise sur 20');
  expect(gatheringWords.fr.seats(2, 20)).toBe('2 places prises sur 20');
  expect(keyPreviewWords.fr.over(1, 'a', 'b')).toMatch(/^Sur votre dernier mois/);
  expect(keyPreviewWords.en.over(12, 'a', 'b')).toMatch(/^Over your last 12 months:/);
});
