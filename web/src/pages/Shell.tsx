import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, Outlet, useRouter } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { Failed } from '../parts/Failed';
import { QuietButton } from '../parts/QuietButton';
import { meQuery } from '../queries/me';
import { logOut } from '../session';
import { languageOfBrowser, Spoken, useWords } from '../words/language';
import styles from './Shell.module.css';

/** Around every page: who one is, the way out, and the language. */
export function Shell() {
  const { data: me } = useQuery(meQuery);
  return (
    <Spoken language={me?.language ?? languageOfBrowser()}>
      <Frame name={me ? (me.profile?.member.name ?? me.email ?? me.subject) : null} />
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
            <LogOut />
          </>
        )}
      </header>
      <main className={styles.main} id="content">
        <Outlet />
      </main>
    </>
  );
}

function LogOut() {
  const words = useWords().shell;
  const attempt = useMutation({ mutationFn: logOut });
  return (
    <span>
      {attempt.isError && (
        <span className={styles.refused} role="alert">
          {words.stillLoggedIn}{' '}
        </span>
      )}
      <QuietButton onPress={() => attempt.mutate()}>{words.logOut}</QuietButton>
    </span>
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

/** In the place of a page that could not begin. */
export function Broken({ error }: { error: Error }) {
  const words = useWords().shell;
  const router = useRouter();
  return (
    <>
      <Heading>{words.failed}</Heading>
      <Failed error={error} onRetry={() => void router.invalidate()} />
    </>
  );
}

/** The heading of a page. It names the tab, and gets the focus: who listens hears where they are. */
export function Heading({ children }: { children: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another heading is another page
  useEffect(() => heading.current?.focus(), [children]);
  return (
    <>
      <title>{`${children} – Elocoop`}</title>
      <h1 tabIndex={-1} ref={heading}>
        {children}
      </h1>
    </>
  );
}
