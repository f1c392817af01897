import { Link } from '@tanstack/react-router';
import { shellWords } from '../messages/shell';
import { useWords } from '../words/language';
import { Heading } from './Heading';

interface NotYoursProps {
  title: string;
  /** Whose page it is. */
  children: string;
}

/** In the place of a page that is somebody else's: whose it is, and the way back. */
export function NotYours({ title, children }: NotYoursProps) {
  const { home } = useWords(shellWords);
  return (
    <>
      <Heading>{title}</Heading>
      <p>{children}</p>
      <Link to="/">{home}</Link>
    </>
  );
}
