import { Link } from '@tanstack/react-router';
import { footerWords } from '../messages/footer';
import { useWords } from '../words/language';
import styles from './Footer.module.css';

/** Below every page: what anybody may know of the platform. */
export function Footer() {
  const words = useWords(footerWords);
  return (
    <footer className={styles.footer}>
      <nav aria-label={words.about}>
        <ul>
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
