import { useQuery } from '@tanstack/react-query';
import { Link, Outlet } from '@tanstack/react-router';
import { Button } from 'react-aria-components';
import { meQuery } from '../queries/me';
import { logOut } from '../session';
import { languageOfStranger, Spoken, useWords } from '../words/language';
import styles from './Shell.module.css';

/** Around every page: who one is, the way out, and the language. */
export function Shell() {
  const { data: me } = useQuery(meQuery);
  return (
    <Spoken language={me?.language ?? languageOfStranger()}>
      <Frame name={me?.profile?.member.name ?? me?.email ?? null} />
    </Spoken>
  );
}

function Frame({ name }: { name: string | null }) {
  const words = useWords().shell;
  return (
    <>
      <a className={styles.skip} href="#content">
        {words.skip}
      </a>
      <header className={styles.header}>
        <Link className={styles.name} to="/">
          Elocoop
        </Link>
        {name && (
          <>
            <span>{name}</span>
            <Button className={styles.quiet ?? ''} onPress={() => void logOut()}>
              {words.logOut}
            </Button>
          </>
        )}
      </header>
      <main className={styles.main} id="content">
        <Outlet />
      </main>
    </>
  );
}

export function NotFound() {
  const words = useWords().shell;
  return (
    <>
      <Heading>{words.notFound}</Heading>
      <Link to="/">{words.home}</Link>
    </>
  );
}

/** The heading of a page. It gets the focus, and names the tab. */
export function Heading({ children }: { children: string }) {
  return (
    <>
      <title>{`${children} – Elocoop`}</title>
      <h1 tabIndex={-1} ref={focus}>
        {children}
      </h1>
    </>
  );
}

/** Whoever reads by ear hears where a click has led. */
function focus(heading: HTMLHeadingElement | null): void {
  heading?.focus();
}
