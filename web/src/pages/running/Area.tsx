import { useQuery } from '@tanstack/react-query';
import { Outlet, useParams } from '@tanstack/react-router';
import { runningRefusals } from '../../messages/refusals/running';
import { areaWords } from '../../messages/running/area';
import { NotYours } from '../../parts/NotYours';
import { MoreRefusals } from '../../parts/Refusal';
import { meQuery, runs } from '../../queries/me';
import { operationsOf } from '../../queries/operations';
import { useWords } from '../../words/language';

/** Around the pages of one operation: they are for who runs it, and others are told so. */
export function Area() {
  const { operation } = useParams({ from: '/inside/o/$operation' });
  const words = useWords(areaWords);
  const { data: me } = useQuery(meQuery);
  if (!me) return null;
  if (!runs(me, operation)) {
    const name = operationsOf(me).find(({ id }) => id === operation)?.name;
    return <NotYours title={words.notYours}>{words.whose(name ?? operation)}</NotYours>;
  }
  return (
    <MoreRefusals value={runningRefusals}>
      <Outlet />
    </MoreRefusals>
  );
}
