import { Link, type LinkProps, useLocation } from '@tanstack/react-router';
import { shellWords } from '../messages/shell';
import { Icon, type IconName } from '../parts/Icon';
import { useIsPhone } from '../parts/screen';
import { isStaff, type Me, runs, runsOperations } from '../queries/me';
import { useWords } from '../words/language';
import { isOfOperations, operationAt } from '../words/links';
import styles from './Navigation.module.css';

interface Place {
  to: NonNullable<LinkProps['to']>;
  word:
    | 'month'
    | 'day'
    | 'invoices'
    | 'together'
    | 'me'
    | 'operations'
    | 'homeOfOperation'
    | 'close'
    | 'bills'
    | 'people'
    | 'keys'
    | 'settings'
    | 'today'
    | 'requests'
    | 'files'
    | 'accounts';
  icon: IconName;
  /** Begins of addresses that belong to it; of one operation, what follows its number. */
  within: readonly string[];
}

const TOGETHER: Place = {
  to: '/together',
  word: 'together',
  icon: 'together',
  within: ['/together', '/gatherings', '/polls', '/news', '/challenges'],
};
const ME: Place = { to: '/me', word: 'me', icon: 'me', within: ['/me'] };
const OPERATIONS: Place = {
  to: '/o',
  word: 'operations',
  icon: 'list',
  within: ['/o', '/staff/operations'],
};

const OF_MEMBERS: readonly Place[] = [
  {
    to: '/month',
    word: 'month',
    icon: 'month',
    within: ['/month', '/history', '/production', '/joining'],
  },
  { to: '/day', word: 'day', icon: 'day', within: ['/day', '/production/day'] },
  {
    to: '/invoices',
    word: 'invoices',
    icon: 'invoice',
    within: ['/invoices', '/bills', '/mandate', '/account-change', '/price', '/key'],
  },
  TOGETHER,
  ME,
];

const TODAY: Place = { to: '/staff', word: 'today', icon: 'day', within: ['/staff'] };

const OF_STAFF: readonly Place[] = [
  TODAY,
  { to: '/staff/requests', word: 'requests', icon: 'question', within: ['/staff/requests'] },
  {
    to: '/staff/deliveries',
    word: 'files',
    icon: 'document',
    within: ['/staff/deliveries', '/staff/quarantine', '/staff/missing', '/staff/feeds'],
  },
  OPERATIONS,
  {
    to: '/staff/accounts',
    word: 'accounts',
    icon: 'together',
    within: [
      '/staff/accounts',
      '/staff/capital',
      '/staff/erasures',
      '/staff/messages',
      '/staff/audit',
    ],
  },
  ME,
];

const OF_ORGANISERS: readonly Place[] = [OPERATIONS, TOGETHER, ME];

const OF_ONE_OPERATION: readonly Place[] = [
  { to: '/o/$operation', word: 'homeOfOperation', icon: 'home', within: [''] },
  { to: '/o/$operation/months', word: 'close', icon: 'month', within: ['months'] },
  { to: '/o/$operation/people', word: 'people', icon: 'together', within: ['people'] },
  { to: '/o/$operation/keys', word: 'keys', icon: 'key', within: ['keys'] },
  { to: '/o/$operation/bills', word: 'bills', icon: 'invoice', within: ['bills', 'payments'] },
  { to: '/o/$operation/together', word: 'together', icon: 'together', within: ['together'] },
  {
    to: '/o/$operation/settings',
    word: 'settings',
    icon: 'settings',
    within: ['settings', 'setup', 'files'],
  },
];

/** Where one can go from an address: what one may not do is not among it. */
export function placesOf(me: Me, pathname: string): readonly Place[] {
  const operation = operationAt(pathname);
  if (operation && runs(me, operation)) {
    const isAlone = me.organised.length === 1 && !isStaff(me);
    const others = isStaff(me) ? [OPERATIONS, TODAY] : isAlone ? [] : [OPERATIONS];
    return [...OF_ONE_OPERATION, ...others, ME];
  }
  if (isStaff(me) && (!me.profile || isOfOperations(pathname))) return OF_STAFF;
  return me.profile || !runsOperations(me) ? OF_MEMBERS : OF_ORGANISERS;
}

/** Whose address begins so; of several, the longest begin tells. */
export function placeAt(pathname: string, places: readonly Place[]): Place['word'] | undefined {
  if (operationAt(pathname)) {
    const area = pathname.split('/')[3] ?? '';
    return OF_ONE_OPERATION.find(({ within }) => within.includes(area))?.word;
  }
  const begins = places.flatMap(({ word, within }) => within.map((begin) => ({ begin, word })));
  const here = begins.filter(({ begin }) => `${pathname}/`.startsWith(`${begin}/`));
  return here.sort((one, other) => other.begin.length - one.begin.length)[0]?.word;
}

/** So many can be read side by side on a phone. */
const MOST = 5;

/** Places that are shown, and those that a narrow screen has under a last one. */
export function parted(
  places: readonly Place[],
  isPhone: boolean,
): [shown: readonly Place[], rest: readonly Place[]] {
  const shown = isPhone && places.length > MOST ? MOST - 1 : places.length;
  return [places.slice(0, shown), places.slice(shown)];
}

/** The few places that there are: below on a phone, at the left where there is room. */
export function Navigation({ me }: { me: Me }) {
  const words = useWords(shellWords);
  const { pathname } = useLocation();
  const places = placesOf(me, pathname);
  const [shown, rest] = parted(places, useIsPhone());
  const here = placeAt(pathname, places);
  const operation = operationAt(pathname);
  const lines = (some: readonly Place[]) =>
    some.map(({ to, word, icon }) => (
      <li key={word}>
        <Link
          to={to}
          {...(operation ? { params: { operation } } : {})}
          activeOptions={{ exact: true }}
          aria-current={word === here ? 'page' : undefined}
        >
          <Icon name={icon} />
          {words[word]}
        </Link>
      </li>
    ));
  return (
    <nav className={styles.navigation} aria-label={words.pages}>
      <ul>
        {lines(shown)}
        {rest.length > 0 && (
          <li>
            {/* It closes as one goes elsewhere. */}
            <details key={pathname} className={styles.rest}>
              <summary aria-current={rest.some(({ word }) => word === here) || undefined}>
                <Icon name="more" />
                {words.morePlaces}
              </summary>
              <ul>{lines(rest)}</ul>
            </details>
          </li>
        )}
      </ul>
    </nav>
  );
}
