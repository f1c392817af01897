import { staffHomeWords } from '../../../messages/staff/home';
import { Heading } from '../../../parts/Heading';
import { useWords } from '../../../words/language';
import { Health } from './Health';
import { Today } from './Today';

/** What waits for the staff today, and how the platform is. */
export function StaffHome() {
  const words = useWords(staffHomeWords);
  return (
    <>
      <Heading>{words.title}</Heading>
      <Today />
      <Health />
    </>
  );
}
