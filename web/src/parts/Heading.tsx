import { useEffect, useRef } from 'react';

/** The heading of a page. It names the tab, and gets the focus: who listens hears where they are. */
export function Heading({ children }: { children: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another heading is another page
  useEffect(() => heading.current?.focus(), [children]);
  return (
    <>
      <title>{`${children} – Elocoop`}</title>
      <h1 tabIndex={-1} ref={heading}>
        {children}
      </h1>
    </>
  );
}
