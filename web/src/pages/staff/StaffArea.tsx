import { useQuery } from '@tanstack/react-query';
import { Outlet } from '@tanstack/react-router';
import { staffRefusals } from '../../messages/refusals/staff';
import { staffAreaWords } from '../../messages/staff/area';
import { NotYours } from '../../parts/NotYours';
import { MoreRefusals } from '../../parts/Refusal';
import { isStaff, meQuery } from '../../queries/me';
import { useWords } from '../../words/language';

/** Around the pages of the platform's staff: others are told whose they are. */
export function StaffArea() {
  const words = useWords(staffAreaWords);
  const { data: me } = useQuery(meQuery);
  if (!me) return null;
  if (!isStaff(me)) return <NotYours title={words.notYours}>{words.whose}</NotYours>;
  return (
    <MoreRefusals value={staffRefusals}>
      <Outlet />
    </MoreRefusals>
  );
}
