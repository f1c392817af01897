import { Link } from '@tanstack/react-router';
import { shellWords } from '../messages/shell';
import { Icon } from '../parts/Icon';
import shared from '../parts/Together.module.css';
import { useWords } from '../words/language';

/** From a page that belongs to Together, the way back there. */
export function BackTogether() {
  const words = useWords(shellWords);
  return (
    <Link className={shared.more} to="/together">
      <Icon name="before" />
      {words.together}
    </Link>
  );
}
