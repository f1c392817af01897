import { useQuery } from '@tanstack/react-query';
import { Link, Outlet, useParams } from '@tanstack/react-router';
import { runningRefusals } from '../../messages/refusals/running';
import { areaWords } from '../../messages/running/area';
import { shellWords } from '../../messages/shell';
import { Heading } from '../../parts/Heading';
import { MoreRefusals } from '../../parts/Refusal';
import { meQuery, runs } from '../../queries/me';
import { operationsOf } from '../../queries/operations';
import { useWords } from '../../words/language';

/** Around the pages of one operation: they are for who runs it, and others are told so. */
export function Area() {
  const { operation } = useParams({ from: '/inside/o/$operation' });
  const { data: me } = useQuery(meQuery);
  if (!me) return null;
  if (!runs(me, operation)) {
    const name = operationsOf(me).find(({ id }) => id === operation)?.name;
    return <NotYours operation={name ?? operation} />;
  }
  return (
    <MoreRefusals value={runningRefusals}>
      <Outlet />
    </MoreRefusals>
  );
}

/** Whose page it is, and the way back. operation: the one that it is about, if it is about one. */
export function NotYours({ operation }: { operation?: string }) {
  const words = useWords(areaWords);
  const { home } = useWords(shellWords);
  return (
    <>
      <Heading>{words.notYours}</Heading>
      <p>{operation ? words.whose(operation) : words.whoseList}</p>
      <Link to="/">{home}</Link>
    </>
  );
}
