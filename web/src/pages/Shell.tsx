import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, Navigate, Outlet, useLocation, useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { shellWords } from '../messages/shell';
import { Failed } from '../parts/Failed';
import { Heading } from '../parts/Heading';
import { Icon } from '../parts/Icon';
import { QuietButton } from '../parts/QuietButton';
import { isStaff, type Me, meQuery, runsOperations } from '../queries/me';
import { logOut } from '../session';
import { type Language, languageOfVisitor, Spoken, useWords } from '../words/language';
import { isOfOperations, pageOf } from '../words/links';
import { Footer } from './Footer';
import { Navigation } from './Navigation';
import styles from './Shell.module.css';

/** More are not counted: the bell has room for two digits. */
const MOST = 99;
/** Of before there is a page, which may lead to another address. */
const languageAsked = languageOfVisitor(window.location.search);

/** Around every page: who one is, where one can go, the way out, and the language. */
export function Shell() {
  const { data: me } = useQuery(meQuery);
  const [chosen, choose] = useState(languageAsked);
  return (
    <Spoken language={me?.language ?? chosen}>
      <Frame me={me ?? null} onLanguage={choose} />
    </Spoken>
  );
}

interface FrameProps {
  me: Me | null;
  /** A visitor would rather read that one; it is kept as long as the page is open. */
  onLanguage: (language: Language) => void;
}

function Frame({ me, onLanguage }: FrameProps) {
  const words = useWords(shellWords);
  // Who has first to set up an authenticator app is led back from wherever else they would go.
  const goesAbout = me !== null && !me.needs_authenticator;
  return (
    <>
      <a className={styles.skip} href="#content">
        {words.skip}
      </a>
      <header className={styles.header}>
        <Link className={styles.name} to="/">
          Elocoop
        </Link>
        {me ? <Person me={me} hasBell={goesAbout} /> : <Visitor onLanguage={onLanguage} />}
      </header>
      <div className={goesAbout ? styles.inside : ''}>
        {goesAbout && <Navigation me={me} />}
        <div className={styles.column}>
          <main className={styles.main} id="content" tabIndex={-1}>
            <Outlet />
          </main>
          <Footer />
        </div>
      </div>
    </>
  );
}

function Person({ me, hasBell }: { me: Me; hasBell: boolean }) {
  return (
    <div className={styles.person}>
      <span className={styles.who}>{me.profile?.member.name ?? me.email ?? me.subject}</span>
      {hasBell && <OtherSide me={me} />}
      {hasBell && <Bell count={me.unseen_count} />}
      <LogOut />
    </div>
  );
}

/** For who is a member and runs operations: from what is of the one to what is of the other. */
function OtherSide({ me }: { me: Me }) {
  const words = useWords(shellWords);
  const { pathname } = useLocation();
  if (!me.profile || !runsOperations(me)) return null;
  const isRunning = isOfOperations(pathname);
  const [place, word] = isStaff(me)
    ? (['/staff', words.asStaff] as const)
    : (['/o', words.asOrganiser] as const);
  return (
    <Link className={styles.logIn} to={isRunning ? '/month' : place}>
      {isRunning ? words.asMember : word}
    </Link>
  );
}

function Bell({ count }: { count: number }) {
  const words = useWords(shellWords);
  return (
    <Link className={styles.bell} to="/notifications" aria-label={words.unseen(count)}>
      <Icon name="bell" />
      {count > 0 && <span className={styles.count}>{count > MOST ? `${MOST}+` : count}</span>}
    </Link>
  );
}

function Visitor({ onLanguage }: { onLanguage: (language: Language) => void }) {
  const words = useWords(shellWords);
  const { code, name } = words.otherLanguage;
  return (
    <div className={styles.person}>
      <Button className={styles.language ?? ''} onPress={() => onLanguage(code)}>
        <span lang={code}>{name}</span>
      </Button>
      <Link className={styles.logIn} to="/log-in">
        {words.logIn}
      </Link>
    </div>
  );
}

function LogOut() {
  const words = useWords(shellWords);
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

/** In the place of a page: the one that an API address is about, as mails name it, or none. */
export function NotFound() {
  const words = useWords(shellWords);
  const { pathname } = useLocation();
  const page = pageOf(pathname);
  if (page) return <Navigate {...page} replace />;
  return (
    <>
      <Heading>{words.notFound}</Heading>
      <Link to="/">{words.home}</Link>
    </>
  );
}

/** In the place of a page that could not begin. */
export function Broken({ error }: { error: Error }) {
  const words = useWords(shellWords);
  const router = useRouter();
  return (
    <>
      <Heading>{words.failed}</Heading>
      <Failed error={error} onRetry={() => void router.invalidate()} />
    </>
  );
}
