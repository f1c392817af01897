import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { meWords } from '../../messages/me';
import { BackToMe } from '../../parts/Back';
import { Heading } from '../../parts/Heading';
import { type Me, meQuery, type Profile } from '../../queries/me';
import { useWords } from '../../words/language';

interface MePageProps {
  title: string;
  children: (me: Me) => ReactNode;
}

/** A page below `Me`, with the way back to it. */
export function MePage({ title, children }: MePageProps) {
  const { data: me } = useQuery(meQuery);
  if (!me) return null;
  return (
    <>
      {!me.needs_authenticator && <BackToMe />}
      <Heading>{title}</Heading>
      {children(me)}
    </>
  );
}

interface MemberPageProps {
  title: string;
  children: (profile: Profile, me: Me) => ReactNode;
}

/** A page about what is kept of a member; others are told that they are none. */
export function MemberPage({ title, children }: MemberPageProps) {
  const words = useWords(meWords);
  return (
    <MePage title={title}>
      {(me) => (me.profile ? children(me.profile, me) : <p>{words.notMember}</p>)}
    </MePage>
  );
}
