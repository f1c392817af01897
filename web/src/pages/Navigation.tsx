import { Link, type LinkProps, useLocation } from '@tanstack/react-router';
import { shellWords } from '../messages/shell';
import { Icon, type IconName } from '../parts/Icon';
import { useWords } from '../words/language';
import styles from './Navigation.module.css';

interface Place {
  to: NonNullable<LinkProps['to']>;
  word: 'month' | 'day' | 'invoices' | 'together' | 'me';
  icon: IconName;
  /** Begins of addresses that belong to it. */
  within: readonly string[];
}

const PLACES: readonly Place[] = [
  {
    to: '/',
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
  {
    to: '/together',
    word: 'together',
    icon: 'together',
    within: ['/together', '/gatherings', '/polls', '/news', '/challenges'],
  },
  { to: '/me', word: 'me', icon: 'me', within: ['/me'] },
];

const BEGINS = PLACES.flatMap(({ word, within }) => within.map((begin) => ({ begin, word })));

/** Whose address begins so; of several, the longest begin tells. */
function placeAt(pathname: string): Place['word'] | undefined {
  const begins = BEGINS.filter(({ begin }) => pathname.startsWith(begin));
  return begins.sort((one, other) => other.begin.length - one.begin.length)[0]?.word;
}

/** The five places of a member: below on a phone, at the left where there is room. */
export function Navigation() {
  const words = useWords(shellWords);
  const { pathname } = useLocation();
  const here = placeAt(pathname);
  return (
    <nav className={styles.navigation} aria-label={words.pages}>
      <ul>
        {PLACES.map(({ to, word, icon }) => (
          <li key={word}>
            <Link to={to} aria-current={word === here ? 'page' : undefined}>
              <Icon name={icon} />
              {words[word]}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
