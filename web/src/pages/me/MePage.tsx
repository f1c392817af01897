import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { meWords } from '../../messages/me';
import { Heading } from '../../parts/Heading';
import { type Me, meQuery, type Profile } from '../../queries/me';
import { useWords } from '../../words/language';
import styles from './MePage.module.css';

interface MePageProps {
  title: string;
  children: (me: Me) => ReactNode;
}

/** A page below `Me`, with the way back to it. */
export function MePage({ title, children }: MePageProps) {
  const words = useWords(meWords);
  const { data: me } = useQuery(meQuery);
  if (!me) return null;
  return (
    <>
      <Heading>{title}</Heading>
      {children(me)}
      <p className={styles.back}>
        <Link to="/me">‹ {words.back}</Link>
      </p>
    </>
  );
}

interface MemberPageProps {
  title: string;
  children: (profile: Profile) => ReactNode;
}

/** A page about what is kept of a member; others are told that they are none. */
export function MemberPage({ title, children }: MemberPageProps) {
  const words = useWords(meWords);
  return (
    <MePage title={title}>
      {({ profile }) => (profile ? children(profile) : <p>{words.notMember}</p>)}
    </MePage>
  );
}
