import { useQuery } from '@tanstack/react-query';
import { Link, Outlet } from '@tanstack/react-router';
import { staffRefusals } from '../../messages/refusals/staff';
import { shellWords } from '../../messages/shell';
import { staffAreaWords } from '../../messages/staff/area';
import { Heading } from '../../parts/Heading';
import { MoreRefusals } from '../../parts/Refusal';
import { isStaff, meQuery } from '../../queries/me';
import { useWords } from '../../words/language';

/** Around the pages of the platform's staff: others are told whose they are. */
export function StaffArea() {
  const words = useWords(staffAreaWords);
  const { home } = useWords(shellWords);
  const { data: me } = useQuery(meQuery);
  if (!me) return null;
  if (!isStaff(me)) {
    return (
      <>
        <Heading>{words.notYours}</Heading>
        <p>{words.whose}</p>
        <Link to="/">{home}</Link>
      </>
    );
  }
  return (
    <MoreRefusals value={staffRefusals}>
      <Outlet />
    </MoreRefusals>
  );
}
