import { useEffect, useRef } from 'react';
import type { Language } from '../words/language';

interface HeadingProps {
  children: string;
  /** Where it is not that of the page. */
  lang?: Language;
}

/** The heading of a page. It names the tab, and gets the focus: who listens hears where they are. */
export function Heading({ children, lang }: HeadingProps) {
  // What divides it stands at the end of a line, never at the beginning of one.
  const text = children.replaceAll(' · ', '\u00a0· ');
  const heading = useRef<HTMLHeadingElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another heading is another page
  useEffect(() => heading.current?.focus(), [children]);
  return (
    <>
      <title>{`${text} – Elocoop`}</title>
      <h1 lang={lang} tabIndex={-1} ref={heading}>
        {text}
      </h1>
    </>
  );
}
