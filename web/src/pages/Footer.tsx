import { useQuery } from '@tanstack/react-query';
import { Link, useLocation } from '@tanstack/react-router';
import { footerWords } from '../messages/footer';
import { isStaff, type Me, meQuery } from '../queries/me';
import type { GuideName } from '../words/guides';
import { useWords } from '../words/language';
import styles from './Footer.module.css';

/** Below every page: what anybody may know of the platform. */
export function Footer() {
  const words = useWords(footerWords);
  const { data: me } = useQuery(meQuery);
  const { pathname } = useLocation();
  return (
    <footer className={styles.footer}>
      <nav aria-label={words.about}>
        <ul>
          <li>
            <Link to="/help/$guide" params={{ guide: guideOf(me, pathname) }}>
              {words.help}
            </Link>
          </li>
          <li>
            <Link to="/operations">{words.operations}</Link>
          </li>
          <li>
            <Link to="/request">{words.request}</Link>
          </li>
          <li>
            <Link to="/about/privacy">{words.privacy}</Link>
          </li>
          <li>
            <Link to="/about/legal">{words.legal}</Link>
          </li>
          <li>
            {/* Not a page of ours: the services write it. */}
            <a href="/community/docs">{words.programs}</a>
          </li>
        </ul>
      </nav>
    </footer>
  );
}

/** The guide of what one does where one is. */
function guideOf(me: Me | null | undefined, pathname: string): GuideName {
  const area = pathname.split('/')[1];
  if (area === 'staff') return 'staff';
  if (area === 'o') return 'organiser';
  if (!me || me.profile) return 'member';
  return isStaff(me) ? 'staff' : 'organiser';
}
